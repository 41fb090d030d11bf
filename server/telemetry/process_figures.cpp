#include "server/telemetry/process_figures.h"

#include <QFile>

#include <sys/resource.h>
#include <unistd.h>

namespace prism::telemetry {

namespace {

/// The fields of /proc/self/stat from the third on (see proc(5)): the second is a name that may have blanks.
QList<QByteArray> statFields()
{
    QFile file(QStringLiteral("/proc/self/stat"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray text = file.readAll();
    return text.mid(text.lastIndexOf(')') + 2).split(' ');
}

constexpr qsizetype userTime = 14 - 3;
constexpr qsizetype systemTime = 15 - 3;
constexpr qsizetype startTime = 22 - 3;
constexpr qsizetype virtualSize = 23 - 3;
constexpr qsizetype residentPages = 24 - 3;

double bootTime()
{
    QFile file(QStringLiteral("/proc/stat"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QList<QByteArray> lines = file.readAll().split('\n');
    for (const QByteArray& line : lines) {
        if (line.startsWith("btime "))
            return line.mid(6).toDouble();
    }
    return 0;
}

} // namespace

ProcessFigures ProcessFigures::read()
{
    ProcessFigures figures;
    const QList<QByteArray> fields = statFields();
    const auto number = [&fields](qsizetype field) { return fields.value(field).toULongLong(); };
    const auto ticks = double(::sysconf(_SC_CLK_TCK));
    figures.cpuSeconds = double(number(userTime) + number(systemTime)) / ticks;
    figures.startTimeSeconds = bootTime() + double(number(startTime)) / ticks;
    figures.virtualBytes = number(virtualSize);
    figures.residentBytes = number(residentPages) * quint64(::sysconf(_SC_PAGESIZE));
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0)
        figures.mostDescriptors = limit.rlim_cur;
    return figures;
}

} // namespace prism::telemetry
