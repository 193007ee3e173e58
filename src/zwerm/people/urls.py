"""The pages of this room, in the order of the menu."""

from django.urls import path

from zwerm.people import views

app_name = "people"
urlpatterns = [
    path("", views.staff_list, name="staff"),
    path("load/", views.staff_load, name="load"),
    path("load/<uuid:pk>/", views.staff_plan, name="plan"),
    path("load/<uuid:pk>/columns/", views.staff_columns, name="columns"),
    path("load/<uuid:pk>/confirm/", views.staff_confirm, name="confirm"),
    path("export.xlsx", views.staff_export, name="export"),
    path("empty.xlsx", views.staff_template, name="template"),
    path("add/", views.member_edit, name="add"),
    path("member/<uuid:pk>/", views.member_edit, name="member"),
    path("member/<uuid:pk>/leave/", views.member_leave, name="leave"),
    path("places/", views.places, name="places"),
    path("demo/", views.demo, name="demo"),
]
