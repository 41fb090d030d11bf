#include "server/store/log.h"

Q_LOGGING_CATEGORY(lcStore, "prism.store")
