"""The pages of this room, in the order of the menu."""

from django.urls import path

from zwerm.scans.views import (
    answer,
    coming_in,
    council,
    expecting,
    mirror,
    report,
    scans,
    setup,
)

app_name = "scans"
urlpatterns = [
    path("", scans.scan_list, name="list"),
    path("new/", scans.scan_start, name="start"),
    path("log/", council.school_log, name="school_log"),
    path("<uuid:pk>/", scans.scan_detail, name="detail"),
    path("<uuid:pk>/progress/", scans.scan_work, name="work"),
    # preparing
    path("<uuid:pk>/setup/<slug:step>/", setup.setup, name="setup"),
    path("<uuid:pk>/instrument/", setup.instrument_load, name="instrument"),
    path("questions/<uuid:pk>.yaml", setup.instrument_file, name="instrument_file"),
    path("<uuid:pk>/groups/merge/", setup.group_merge, name="merge"),
    path("<uuid:pk>/groups/neighbour/", setup.group_neighbour, name="neighbour"),
    path("<uuid:pk>/groups/again/", setup.groups_again, name="groups_again"),
    path("<uuid:pk>/council/", council.council, name="council"),
    path("<uuid:pk>/confirm/", council.confirm, name="confirm"),
    path("<uuid:pk>/log/", council.log, name="log"),
    path("<uuid:pk>/open/", scans.scan_open, name="open"),
    path("<uuid:pk>/extend/", scans.scan_extend, name="extend"),
    path("<uuid:pk>/cancel/", scans.scan_cancel, name="cancel"),
    path("<uuid:pk>/discard/", scans.scan_discard, name="discard"),
    path("<uuid:pk>/close-now/", scans.scan_close_now, name="close_now"),
    path("<uuid:pk>/release-now/", scans.scan_release_now, name="release_now"),
    # answering
    path("<uuid:pk>/with/<str:token>/", coming_in.personal_link, name="with"),
    path("<uuid:pk>/ask/", answer.ask, name="ask"),
    path("<uuid:pk>/ask/<slug:question>/", answer.question, name="question"),
    path("<uuid:pk>/save/<slug:question>/", answer.save, name="save"),
    path("<uuid:pk>/finish/", answer.finish, name="finish"),
    path("<uuid:pk>/thanks/", answer.thanks, name="thanks"),
    path("<uuid:pk>/withdraw/", answer.withdraw, name="withdraw"),
    path("<uuid:pk>/being-named/", answer.being_named, name="being_named"),
    path("<uuid:pk>/leave/", coming_in.leave, name="leave"),
    path("<uuid:pk>/left/", coming_in.left, name="left"),
    # the report
    path("<uuid:pk>/report/", report.report, name="report"),
    path("<uuid:pk>/report/<slug:language>.pdf", report.report_file, name="file"),
    path("<uuid:pk>/report/poster/", report.report_poster, name="report_poster"),
    path("<uuid:pk>/report/board/", report.board_report, name="board_report"),
    path("<uuid:pk>/poster.pdf", report.poster, name="poster"),
    path("<uuid:pk>/guide/<slug:guide>/", report.guide, name="guide"),
    path("<uuid:pk>/comment/<uuid:comment>/report/", report.comment_report, name="comment_report"),
    path("<uuid:pk>/comment/<uuid:comment>/remove/", report.comment_remove, name="comment_remove"),
    path("<uuid:pk>/expectation/", expecting.expectation, name="expectation"),
    path("<uuid:pk>/mirror/", mirror.mirror, name="mirror"),
    path("<uuid:pk>/mirror/erase/", mirror.mirror_erase, name="mirror_erase"),
]
