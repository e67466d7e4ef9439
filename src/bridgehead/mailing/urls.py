from django.urls import path

from bridgehead.mailing import views

app_name = "mailing"
urlpatterns = [
    path("desk/mail/", views.outbox, name="outbox"),
    path("desk/mail/<int:pk>/", views.detail, name="detail"),
    path("desk/mail/<int:pk>/send/", views.send, name="send"),
]
