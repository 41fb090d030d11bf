#include "server/reports/junit.h"

#include "server/reports/junit_handler.h"
#include "shared/protocol/try.h"

namespace prism::reports {

protocol::Result<Report> readJunit(const QByteArray& bytes, const IsEnough& isEnough)
{
    JunitHandler handler;
    PRISM_TRY(readXml(bytes, handler, isEnough));
    return handler.take();
}

} // namespace prism::reports
