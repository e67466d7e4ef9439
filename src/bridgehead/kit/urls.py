from django.urls import path

from bridgehead.kit import views

app_name = "kit"
urlpatterns = [path("styleguide/", views.styleguide, name="styleguide")]
