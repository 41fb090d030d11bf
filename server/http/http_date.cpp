#include "server/http/http_date.h"

#include <QList>

#include <algorithm>
#include <array>

namespace prism::http {

namespace {

using std::chrono::sys_days;
using std::chrono::sys_seconds;

constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

void addDigits(QByteArray& out, int number, int digits)
{
    const QByteArray text = QByteArray::number(number);
    out.append(std::max<qsizetype>(digits - text.size(), 0), '0');
    out += text;
}

std::optional<int> numberOf(const QByteArray& text, qsizetype digits)
{
    if (text.size() != digits ||
        !std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return std::nullopt;
    return text.toInt();
}

std::optional<unsigned> monthOf(const QByteArray& name)
{
    const auto* const found = std::find(months.begin(), months.end(), name);
    return found == months.end() ? std::nullopt : std::optional(unsigned(found - months.begin()) + 1);
}

std::optional<std::chrono::seconds> timeOf(const QByteArray& text)
{
    const QList<QByteArray> parts = text.split(':');
    if (parts.size() != 3)
        return std::nullopt;
    const auto hour = numberOf(parts[0], 2);
    const auto minute = numberOf(parts[1], 2);
    const auto second = numberOf(parts[2], 2);
    constexpr int lastSecond = 60; // of a minute with a leap second
    if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > lastSecond)
        return std::nullopt;
    return std::chrono::hours(*hour) + std::chrono::minutes(*minute) + std::chrono::seconds(*second);
}

std::optional<sys_seconds> momentOf(std::optional<int> year, const QByteArray& month, std::optional<int> day,
                                    const QByteArray& time)
{
    const auto monthNumber = monthOf(month);
    const auto timeOfDay = timeOf(time);
    if (!year || !monthNumber || !day || !timeOfDay)
        return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(*monthNumber),
                                           std::chrono::day(unsigned(*day))};
    return date.ok() ? std::optional(sys_seconds(sys_days(date)) + *timeOfDay) : std::nullopt;
}

/// "06-Nov-94". A year that would lie more than fifty years ahead is one of the century before.
std::optional<sys_seconds> ofTwoDigits(const QByteArray& date, const QByteArray& time)
{
    const QList<QByteArray> parts = date.split('-');
    const auto year = parts.size() == 3 ? numberOf(parts[2], 2) : std::nullopt;
    if (!year)
        return std::nullopt;
    const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    const int thisYear = int(std::chrono::year_month_day(today).year());
    int full = thisYear - thisYear % 100 + *year;
    if (full > thisYear + 50)
        full -= 100;
    return momentOf(full, parts[1], numberOf(parts[0], 2), time);
}

} // namespace

QByteArray httpDate(sys_seconds moment)
{
    const sys_days day = std::chrono::floor<std::chrono::days>(moment);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(moment - day);
    QByteArray out;
    out.reserve(32);
    out += days.at(std::chrono::weekday(day).c_encoding());
    out += ", ";
    addDigits(out, int(unsigned(date.day())), 2);
    out += ' ';
    out += months.at(unsigned(date.month()) - 1);
    out += ' ';
    addDigits(out, int(date.year()), 4);
    out += ' ';
    addDigits(out, int(time.hours().count()), 2);
    out += ':';
    addDigits(out, int(time.minutes().count()), 2);
    out += ':';
    addDigits(out, int(time.seconds().count()), 2);
    out += " GMT";
    return out;
}

std::optional<sys_seconds> fromHttpDate(const QByteArray& text)
{
    QList<QByteArray> parts = text.simplified().split(' ');
    if (parts.size() == 6 && parts[0].endsWith(',') && parts[5] == "GMT")
        return momentOf(numberOf(parts[3], 4), parts[2], numberOf(parts[1], 2), parts[4]);
    if (parts.size() == 4 && parts[0].endsWith(',') && parts[3] == "GMT")
        return ofTwoDigits(parts[1], parts[2]);
    if (parts.size() == 5)
        return momentOf(numberOf(parts[4], 4), parts[1], numberOf(parts[2].rightJustified(2, '0'), 2),
                        parts[3]);
    return std::nullopt;
}

} // namespace prism::http
