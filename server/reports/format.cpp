#include "server/reports/format.h"

#include "server/reports/checkstyle.h"
#include "server/reports/code_quality.h"
#include "server/reports/eslint.h"
#include "server/reports/junit.h"
#include "server/reports/pre_commit.h"
#include "server/reports/rdjson.h"
#include "server/reports/sarif.h"
#include "server/reports/tap.h"
#include "shared/protocol/try.h"

namespace prism::reports {

using protocol::Result;

Result<Report> readReport(Format format, const QByteArray& bytes)
{
    switch (format) {
    case Format::Sarif:
        return readSarif(bytes);
    case Format::Junit:
        return readJunit(bytes);
    case Format::Checkstyle:
        return readCheckstyle(bytes);
    case Format::CodeQuality:
        return readCodeQuality(bytes);
    case Format::Eslint:
        return readEslint(bytes);
    case Format::Rdjson:
        return readRdjson(bytes);
    case Format::Tap:
        return readTap(bytes);
    case Format::PreCommit:
        return readPreCommit(bytes);
    case Format::Auto:
        break;
    }
    PRISM_TRY_ASSIGN(const Format known, formatOf(bytes));
    return readReport(known, bytes);
}

} // namespace prism::reports
