"""How every form of the house is drawn: labels, help, errors and a summary of what is wrong."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class ZwermRenderer(TemplatesSetting):
    """`{{ form }}` and `{{ form.field.as_field_group }}` in the templates of core/forms.

    Radio buttons, check boxes and errors are in core's own django/forms templates, which stand
    before Django's because core stands before django.forms in INSTALLED_APPS.
    """

    form_template_name = "core/forms/form.html"
    field_template_name = "core/forms/field.html"
    formset_template_name = "core/forms/formset.html"
