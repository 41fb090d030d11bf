#include "server/reports/format.h"
#include "tests/fuzz/fuzz.h"

#include <QJsonDocument>

#include <algorithm>

using namespace prism;
using fuzz::require;
using protocol::CheckStatus;
using protocol::Violation;

namespace {

/// The first letter says in which format the rest is read, from a on.
reports::Format formatOf(unsigned char letter)
{
    return reports::formatNames[std::size_t(letter) % reports::formatNames.size()].value;
}

void requireStatus(const reports::Run& run)
{
    const protocol::ViolationCounts& counts = run.counts;
    const CheckStatus expected = counts.block > 0     ? CheckStatus::Blocked
                                 : counts.warning > 0 ? CheckStatus::Warning
                                                      : CheckStatus::Pass;
    require(run.status == expected, "the status follows from what was found");
    require(counts.all() >= run.violations.size(), "what is kept is counted");
    require(run.violations.size() == std::min<qint64>(counts.all(), protocol::mostViolations),
            "as much is kept as may be");
}

/// A check of it is one as anybody may send it.
void requireCheck(const reports::Run& run)
{
    protocol::Check check;
    check.status = run.status;
    check.duration = run.duration;
    check.gate = run.gate;
    check.violations = run.violations;
    const QJsonObject json = QJsonDocument::fromJson(encode(check)).object();
    const protocol::Timestamp now = protocol::now();
    require(protocol::checkFromJson(json, now, now).has_value(), "a check of it is accepted");
    require(std::all_of(run.violations.begin(), run.violations.end(),
                        [](const Violation& each) {
                            return fuzz::isStorable(each.principleId) && fuzz::isStorable(each.message) &&
                                   fuzz::isStorable(each.file);
                        }),
            "what was found can be stored");
}

} // namespace

/// The input is a letter for the format and a result file.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size)
{
    if (size == 0)
        return 0;
    const reports::Format format = formatOf(data[0]);
    const QByteArray file = fuzz::toBytes(data + 1, size - 1);
    const auto report = reports::readReport(format, file);
    require(report == reports::readReport(format, file), "the same is read again");
    if (!report) {
        require(!report.error().details.isEmpty(), "a refusal says why");
        return 0;
    }
    for (const reports::Run& run : report->runs) {
        requireStatus(run);
        requireCheck(run);
    }
    return 0;
}
