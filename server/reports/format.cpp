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

Result<Report> readReport(Format format, const QByteArray& bytes, const IsEnough& isEnough)
{
    switch (format) {
    case Format::Sarif:
        return readSarif(bytes, isEnough);
    case Format::Junit:
        return readJunit(bytes, isEnough);
    case Format::Checkstyle:
        return readCheckstyle(bytes, isEnough);
    case Format::CodeQuality:
        return readCodeQuality(bytes, isEnough);
    case Format::Eslint:
        return readEslint(bytes, isEnough);
    case Format::Rdjson:
        return readRdjson(bytes, isEnough);
    case Format::Tap:
        return readTap(bytes, isEnough);
    case Format::PreCommit:
        return readPreCommit(bytes, isEnough);
    case Format::Auto:
        break;
    }
    PRISM_TRY_ASSIGN(const Format known, formatOf(bytes));
    return readReport(known, bytes, isEnough);
}

} // namespace prism::reports
