from django.forms.renderers import TemplatesSetting


class LoaRenderer(TemplatesSetting):
    """Forms look the same everywhere: `{{ form }}` renders our fields with label, help and errors."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"
