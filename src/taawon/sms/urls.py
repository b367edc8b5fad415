from django.urls import path

from taawon.sms import views

app_name = "gateway"
urlpatterns = [
    path("kannel/inbound", views.kannel_inbound, name="kannel-inbound"),
    path("kannel/report", views.kannel_report, name="kannel-report"),
    path("http/inbound", views.http_inbound, name="http-inbound"),
    path("http/report", views.http_report, name="http-report"),
]
