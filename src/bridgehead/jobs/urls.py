from django.urls import path

from bridgehead.jobs import views

app_name = "jobs"
urlpatterns = [path("jobs/<uuid:pk>/", views.detail, name="detail")]
