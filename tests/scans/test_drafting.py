import datetime as dt

import pytest

from tests.factories import make_account, make_member, make_team
from zwerm.core import clock
from zwerm.core.errors import Refused
from zwerm.scans.actions import drafting, grouping
from zwerm.scans.models import Scan, SettingsLogLine
from zwerm.scans.queries.groups import group_sizes
from zwerm.scans.queries.readiness import consent_in_force, leaders_can_be_shown, missing


@pytest.fixture
def by(school):
    return {"by": make_account(), "by_name": "Farah"}


@pytest.fixture
def draft(school, by):
    return drafting.start_scan(school, title="Scan", **by)


def steps_missing(scan):
    return [one.step for one in missing(scan)]


def fill(scan, by):
    today = clock.today()
    drafting.change_scan(
        scan,
        asker="the team",
        topic_nl="taal",
        topic_en="language",
        dpia_reference="DPIA 1",
        legal_basis="legitimate interest",
        closes_on=today + dt.timedelta(days=10),
        report_on=today + dt.timedelta(days=20),
        **by,
    )


def consent(scan, by, decision="agree", conditions=""):
    return drafting.record_consent(
        scan,
        by=by["by"],
        decision=decision,
        conditions=conditions,
        decided_on=clock.today(),
        document="PMR 3",
    )


def test_a_new_draft_says_everything_it_lacks(draft):
    assert set(steps_missing(draft)) == {"purpose", "people", "groups", "agreements", "dates"}


def test_a_draft_with_everything_lacks_nothing(school, draft, by):
    team = make_team(school)
    for _ in range(12):
        make_member(school, team=team)
    grouping.begin_partition(draft)
    fill(draft, by)
    consent(draft, by)

    assert missing(draft) == []


def test_a_second_draft_is_refused(school, draft, by):
    with pytest.raises(Refused, match="a draft already"):
        drafting.start_scan(school, title="Another", **by)


def test_every_change_leaves_a_line_in_the_log(draft, by):
    drafting.change_scan(draft, asker="the team", retain_months=25, **by)

    lines = SettingsLogLine.objects.exclude(setting="status").order_by("setting")
    assert [(one.setting, one.before, one.after, one.by_name) for one in lines] == [
        ("asker", "", "the team", "Farah"),
        ("retain_months", "13", "25", "Farah"),
    ]


def test_saving_the_same_again_leaves_no_line(draft, by):
    drafting.change_scan(draft, form="short", **by)

    assert SettingsLogLine.objects.exclude(setting="status").count() == 0


def test_nothing_can_be_changed_once_a_scan_is_opened(draft, by):
    Scan.objects.filter(pk=draft.pk).update(status="open", opened_at=clock.now(), questionnaire={})

    with pytest.raises(Refused, match="can no longer be changed"):
        drafting.change_scan(draft, asker="somebody else", **by)

    draft.refresh_from_db()
    assert draft.asker == ""


def test_a_changed_agreement_undoes_the_consent(draft, by):
    fill(draft, by)
    consent(draft, by)
    assert consent_in_force(draft) is not None

    drafting.change_scan(draft, retain_months=25, **by)

    assert consent_in_force(draft) is None
    assert "Ask the council again" in " ".join(one.sentence for one in missing(draft))


def test_moving_a_date_keeps_the_consent(draft, by):
    fill(draft, by)
    consent(draft, by)

    drafting.change_scan(draft, closes_on=clock.today() + dt.timedelta(days=11), **by)

    assert consent_in_force(draft) is not None


def test_a_refusal_is_no_consent(draft, by):
    fill(draft, by)
    consent(draft, by, decision="refuse")

    assert consent_in_force(draft) is None
    assert "did not consent" in " ".join(one.sentence for one in missing(draft))


def test_small_groups_must_join_another(school, draft, by):
    for size in (12, 4):
        team = make_team(school)
        for _ in range(size):
            make_member(school, team=team)
    grouping.begin_partition(draft)
    assert [one.step for one in missing(draft)].count("groups") == 1

    large, small = sorted(group_sizes(draft), key=lambda one: -group_sizes(draft)[one])
    grouping.merge_groups(draft, group=small, into=large, name="Together", **by)

    assert {group.name: size for group, size in group_sizes(draft).items()} == {"Together": 16}
    assert "groups" not in steps_missing(draft)


def test_every_group_has_a_neighbour(school, draft):
    for size in (12, 11, 15):
        team = make_team(school)
        for _ in range(size):
            make_member(school, team=team)
    grouping.begin_partition(draft)

    sizes = group_sizes(draft)
    smallest = min(sizes, key=lambda group: sizes[group])
    for group in sizes:
        assert group.neighbour is not None
        assert group.neighbour != group
        if group != smallest:
            assert group.neighbour == smallest


def test_a_fixed_partition_is_copied_before_it_changes(school, draft, by):
    for size in (12, 11):
        team = make_team(school)
        for _ in range(size):
            make_member(school, team=team)
    partition = grouping.begin_partition(draft)
    partition.is_fixed = True
    partition.save()
    first, second = group_sizes(draft)

    grouping.merge_groups(draft, group=first, into=second, name="One", **by)

    draft.refresh_from_db()
    assert draft.partition != partition
    assert partition.groups.count() == 2
    assert draft.partition.groups.count() == 1


def test_leaders_are_shown_only_with_ten_inside_and_outside(school, draft, by):
    members = [make_member(school) for _ in range(20)]
    drafting.mark_leaders(draft, leaders=members[:9], nl="leiders", en="leaders", **by)
    assert not leaders_can_be_shown(draft)

    drafting.mark_leaders(draft, leaders=members[:10], nl="leiders", en="leaders", **by)
    assert leaders_can_be_shown(draft)

    drafting.mark_leaders(draft, leaders=members[:11], nl="leiders", en="leaders", **by)
    assert not leaders_can_be_shown(draft)


def test_a_next_scan_starts_as_a_copy_of_the_last(school, draft, by):
    fill(draft, by)
    Scan.objects.filter(pk=draft.pk).update(
        status="released", opened_at=clock.now(), questionnaire={}
    )

    following = drafting.start_scan(school, title="Next", **by)

    assert following.previous == draft
    assert (following.topic_nl, following.legal_basis) == ("taal", "legitimate interest")
    assert (following.closes_on, following.title) == (None, "Next")


def test_a_discarded_draft_is_gone_and_its_log_is_not(draft, by):
    drafting.discard_draft(draft, **by)

    assert Scan.objects.count() == 0
    lines = SettingsLogLine.objects.order_by("at").values_list("setting", "before", "scan")
    last: tuple[object, ...] = list(lines)[-1]
    assert last == ("status", "draft", None)
