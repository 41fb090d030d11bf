#include "shared/protocol/iso_reader.h"

namespace prism::protocol {

namespace {

constexpr int leapSecond = 60;

QString two(int number)
{
    return QStringLiteral("%1").arg(number, 2, 10, QLatin1Char('0'));
}

/// Whether there may be a leap second behind this one: the last of a month in UTC.
bool isLastOfMonth(std::chrono::sys_seconds second)
{
    const std::chrono::sys_seconds next = second + std::chrono::seconds(1);
    const auto day = std::chrono::floor<std::chrono::days>(next);
    return next == day && std::chrono::year_month_day(day).day() == std::chrono::day(1);
}

} // namespace

tl::expected<Timestamp, QString> IsoReader::read()
{
    if (!readDate() || !readTime() || !readZone())
        return tl::make_unexpected(m_why);
    return composed();
}

bool IsoReader::readDate()
{
    const QString noDate = QStringLiteral("does not begin with a date such as 2026-02-07");
    const auto year = digits(4);
    if (!year || !take(u'-'))
        return refuse(noDate);
    const auto month = digits(2);
    if (!month || !take(u'-'))
        return refuse(noDate);
    const auto day = digits(2);
    if (!day)
        return refuse(noDate);
    if (*month < 1 || *month > 12)
        return refuse(QStringLiteral("there is no month %1").arg(two(*month)));
    const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(unsigned(*month)),
                                           std::chrono::day(unsigned(*day))};
    if (!date.ok()) {
        const std::chrono::year_month_day_last last(date.year(), std::chrono::month_day_last(date.month()));
        return refuse(QStringLiteral("there is no day %1 in %2-%3, which has %4")
                          .arg(two(*day), m_text.left(4).toString(), two(*month))
                          .arg(unsigned(last.day())));
    }
    m_day = date;
    return true;
}

bool IsoReader::readTime()
{
    if (m_at == m_text.size())
        return refuse(QStringLiteral("it has no time of day"));
    if (!take(u'T') && !take(u't') && !take(u' '))
        return refuse(QStringLiteral("there is no T between date and time"));
    const QString noTime = QStringLiteral("the time of day is not written as 22:30:00.000");
    const auto hour = digits(2);
    if (!hour || !take(u':'))
        return refuse(noTime);
    const auto minute = digits(2);
    if (!minute)
        return refuse(noTime);
    m_hour = *hour;
    m_minute = *minute;
    if (take(u':')) {
        const auto second = digits(2);
        if (!second)
            return refuse(noTime);
        m_second = *second;
        if ((take(u'.') || take(u',')) && !readFraction())
            return false;
    }
    if (m_hour > 24)
        return refuse(QStringLiteral("there is no hour %1").arg(m_hour));
    if (m_minute > 59)
        return refuse(QStringLiteral("there is no minute %1").arg(m_minute));
    if (m_second > leapSecond)
        return refuse(QStringLiteral("there is no second %1").arg(m_second));
    if (m_hour == 24 && (m_minute > 0 || m_second > 0 || m_hasPart))
        return refuse(QStringLiteral("24:00 is the end of its day, and nothing is later"));
    return true;
}

/// Cuts off what is finer than a millisecond.
bool IsoReader::readFraction()
{
    int unit = 100;
    const qsizetype start = m_at;
    while (const auto digit = digits(1)) {
        m_millisecond += *digit * unit;
        unit /= 10;
        m_hasPart = m_hasPart || *digit > 0;
    }
    return m_at > start || refuse(QStringLiteral("there is no digit behind the second's point"));
}

bool IsoReader::readZone()
{
    if (m_at == m_text.size())
        return refuse(QStringLiteral("it has no zone: Z, or an offset such as +01:00"));
    if (!take(u'Z') && !take(u'z')) {
        const bool isAhead = take(u'+');
        if (!isAhead && !take(u'-'))
            return refuse(m_text[m_at] == u' '
                              ? QStringLiteral("there is a space before its zone; in an address + is "
                                               "written as %2B")
                              : QStringLiteral("its zone is neither Z nor an offset such as +01:00"));
        if (!readOffset(isAhead ? 1 : -1))
            return false;
    }
    return m_at == m_text.size() || refuse(QStringLiteral("there is more behind its zone"));
}

bool IsoReader::readOffset(int sign)
{
    const QString noOffset = QStringLiteral("its offset is not written as +01:00");
    const auto hours = digits(2);
    if (!hours)
        return refuse(noOffset);
    const bool hasColon = take(u':');
    const auto minutes = digits(2);
    if (!minutes && (hasColon || m_at != m_text.size()))
        return refuse(noOffset);
    if (*hours > 23 || minutes.value_or(0) > 59)
        return refuse(QStringLiteral("there is no offset of %1:%2; the largest is 23:59")
                          .arg(two(*hours), two(minutes.value_or(0))));
    m_ahead = sign * (std::chrono::hours(*hours) + std::chrono::minutes(minutes.value_or(0)));
    return true;
}

tl::expected<Timestamp, QString> IsoReader::composed() const
{
    const bool isLeap = m_second == leapSecond;
    const std::chrono::sys_seconds second =
        m_day + std::chrono::hours(m_hour) + std::chrono::minutes(m_minute) +
        std::chrono::seconds(isLeap ? leapSecond - 1 : m_second) - m_ahead;
    if (isLeap && !isLastOfMonth(second))
        return tl::make_unexpected(QStringLiteral(
            "a second 60 is a leap second, which is only at 23:59:60 UTC at the end of a month"));
    constexpr std::chrono::sys_days first = std::chrono::year(1970) / 1 / 1;
    constexpr std::chrono::sys_days behindLast = std::chrono::year(10000) / 1 / 1;
    if (second < first || second >= behindLast)
        return tl::make_unexpected(QStringLiteral("it is not within the years 1970 to 9999 in UTC"));
    return second + std::chrono::milliseconds(isLeap ? 999 : m_millisecond);
}

/// The number that exactly so many digits say.
std::optional<int> IsoReader::digits(qsizetype count)
{
    if (m_text.size() - m_at < count)
        return std::nullopt;
    int number = 0;
    for (qsizetype i = m_at; i < m_at + count; ++i) {
        const char16_t c = m_text[i].unicode();
        if (c < u'0' || c > u'9')
            return std::nullopt;
        number = number * 10 + (c - u'0');
    }
    m_at += count;
    return number;
}

bool IsoReader::take(char16_t wanted)
{
    const bool isThere = m_at < m_text.size() && m_text[m_at] == wanted;
    m_at += isThere ? 1 : 0;
    return isThere;
}

bool IsoReader::refuse(const QString& why)
{
    m_why = why;
    return false;
}

} // namespace prism::protocol
