#include "shared/protocol/timestamp.h"

#include "shared/protocol/iso_reader.h"

#include <QTimeZone>

namespace prism::protocol {

Timestamp now()
{
    return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

qint64 toMillis(Timestamp t)
{
    return t.time_since_epoch().count();
}

Timestamp fromMillis(qint64 ms)
{
    return Timestamp(std::chrono::milliseconds(ms));
}

QDateTime toDateTime(Timestamp t)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    return QDateTime::fromMSecsSinceEpoch(toMillis(t), QTimeZone::UTC);
#else
    return QDateTime::fromMSecsSinceEpoch(toMillis(t), Qt::UTC);
#endif
}

QByteArray toIsoUtf8(Timestamp t)
{
    const auto day = std::chrono::floor<std::chrono::days>(t);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(t - day);
    QByteArray text("0000-00-00T00:00:00.000Z");
    const auto put = [data = text.data()](qsizetype at, int digits, long value) {
        for (qsizetype i = at + digits - 1; i >= at; --i, value /= 10)
            data[i] = char('0' + value % 10);
    };
    put(0, 4, int(date.year()));
    put(5, 2, long(unsigned(date.month())));
    put(8, 2, long(unsigned(date.day())));
    put(11, 2, time.hours().count());
    put(14, 2, time.minutes().count());
    put(17, 2, time.seconds().count());
    put(20, 3, time.subseconds().count());
    return text;
}

QString toIso(Timestamp t)
{
    return QString::fromLatin1(toIsoUtf8(t));
}

namespace {

/// The one form that programs write, "2026-02-07T22:30:00.000Z", without going through a QDateTime.
std::optional<Timestamp> fromPlainIso(QStringView text)
{
    constexpr QLatin1String form("0000-00-00T00:00:00.000Z");
    if (text.size() != form.size())
        return std::nullopt;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char16_t given = text[i].unicode();
        const bool isRight =
            form[i] == QLatin1Char('0') ? given >= u'0' && given <= u'9' : QChar(given) == QChar(form[i]);
        if (!isRight)
            return std::nullopt;
    }
    const auto number = [text](qsizetype at, qsizetype digits) {
        int value = 0;
        for (qsizetype i = at; i < at + digits; ++i)
            value = value * 10 + (text[i].unicode() - u'0');
        return value;
    };
    const std::chrono::year_month_day date{std::chrono::year(number(0, 4)),
                                           std::chrono::month(unsigned(number(5, 2))),
                                           std::chrono::day(unsigned(number(8, 2)))};
    const int hours = number(11, 2);
    const int minutes = number(14, 2);
    const int seconds = number(17, 2);
    if (!date.ok() || hours > 23 || minutes > 59 || seconds > 59)
        return std::nullopt;
    return std::chrono::sys_days(date) + std::chrono::hours(hours) + std::chrono::minutes(minutes) +
           std::chrono::seconds(seconds) + std::chrono::milliseconds(number(20, 3));
}

} // namespace

tl::expected<Timestamp, QString> readIso(QStringView text)
{
    if (const auto plain = fromPlainIso(text); plain && toMillis(*plain) >= 0)
        return *plain;
    return IsoReader(text).read();
}

std::optional<Timestamp> fromIso(QStringView text)
{
    const auto time = readIso(text);
    return time ? std::optional(*time) : std::nullopt;
}

} // namespace prism::protocol
