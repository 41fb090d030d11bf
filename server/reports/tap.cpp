#include "server/reports/tap.h"

#include "server/reports/input.h"
#include "server/reports/lines.h"
#include "server/reports/tap_run.h"

namespace prism::reports {

protocol::Result<Report> readTap(const QByteArray& bytes, const IsEnough& isEnough)
{
    TapRun run;
    PRISM_TRY(forEachLine(plainText(bytes), isEnough, [&](QStringView line) { run.add(line); }));
    if (!run.isAny())
        return unreadable(QStringLiteral("report"),
                          QStringLiteral("has no line such as \"ok 1\", \"not ok 2\" or \"1..2\""));
    return run.take();
}

} // namespace prism::reports
