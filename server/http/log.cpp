#include "server/http/log.h"

Q_LOGGING_CATEGORY(lcHttp, "prism.http")
