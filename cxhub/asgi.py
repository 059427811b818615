"""What uvicorn runs, with `--lifespan off`: the front, with Django's pages behind it."""

from django.conf import settings

from cxhub.web.front import Front, Limits, static_files
from cxhub.web.front.limits import MEBIBYTE
from cxhub.wsgi import application as pages

application = Front(
    wsgi=pages,
    static=static_files(settings.STATIC_ROOT, prefix=settings.STATIC_URL, watch=settings.DEBUG),
    static_prefix=settings.STATIC_URL,
    limits=Limits(upload_bytes=settings.MAX_UPLOAD_MB * MEBIBYTE, folder=settings.FILE_UPLOAD_TEMP_DIR),
)
