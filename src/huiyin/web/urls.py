"""Health, and the front door."""

from django.urls import path

from huiyin.web import health

urlpatterns = [path("healthz", health.healthz, name="healthz")]
