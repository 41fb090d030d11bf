#include "client/ui/widgets/format.h"

#include <QDateTime>

#include <cmath>

namespace prism::ui {

QString Format::none()
{
    return QStringLiteral("—");
}

QString Format::list(const QStringList& texts)
{
    return texts.join(tr(", ", "between the entries of a list"));
}

QString Format::count(qint64 value) const
{
    return m_locale.toString(value);
}

QString Format::decimal(double value, int digits) const
{
    for (int fewer = 0; fewer < digits; ++fewer) {
        const double scale = std::pow(10.0, fewer);
        if (std::abs(std::round(value * scale) / scale - value) < 0.5 * std::pow(10.0, -digits))
            return m_locale.toString(value, 'f', fewer);
    }
    return m_locale.toString(value, 'f', digits);
}

QString Format::rate(std::optional<double> fraction) const
{
    if (!fraction)
        return none();
    const double percent = *fraction * 100;
    return m_locale.toString(percent, 'f', percent == 0 || percent == 100 ? 0 : 1) + m_locale.percent();
}

QString Format::milliseconds(std::optional<double> ms) const
{
    if (!ms)
        return none();
    if (*ms >= 10'000)
        return tr("%1 s").arg(m_locale.toString(*ms / 1000, 'f', *ms >= 100'000 ? 0 : 1));
    return tr("%1 ms").arg(m_locale.toString(*ms, 'f', *ms >= 100 ? 0 : *ms >= 10 ? 1 : 2));
}

QString Format::lag(std::chrono::milliseconds lag) const
{
    if (lag >= std::chrono::seconds(1))
        return tr("%1 s").arg(m_locale.toString(double(lag.count()) / 1000, 'f', 1));
    return tr("%1 ms").arg(count(lag.count()));
}

QString Format::duration(std::optional<double> ms) const
{
    if (!ms)
        return none();
    const auto seconds = qint64(std::llround(*ms / 1000));
    if (seconds < 1)
        return milliseconds(ms);
    if (seconds < 60)
        return tr("%1 s").arg(count(seconds));
    if (seconds < 3600)
        return tr("%1 min %2 s").arg(count(seconds / 60), count(seconds % 60));
    return tr("%1 h %2 min").arg(count(seconds / 3600), count(seconds / 60 % 60));
}

QString Format::age(std::chrono::milliseconds age) const
{
    using namespace std::chrono;
    if (age < minutes(2))
        return tr("%1 s").arg(count(duration_cast<seconds>(age).count()));
    if (age < hours(2))
        return tr("%1 min").arg(count(duration_cast<minutes>(age).count()));
    if (age < hours(48))
        return tr("%1 h").arg(count(duration_cast<hours>(age).count()));
    return tr("%1 d", "days").arg(count(duration_cast<hours>(age).count() / 24));
}

QString Format::clock(protocol::Timestamp time) const
{
    return m_locale.toString(QDateTime::fromMSecsSinceEpoch(protocol::toMillis(time)).time(),
                             tr("HH:mm", "a time of day, as QLocale::toString reads it"));
}

QString Format::moment(const QDateTime& time, const QDateTime& now) const
{
    const QDateTime local = time.toLocalTime();
    if (local.date() == now.toLocalTime().date())
        return m_locale.toString(local.time(),
                                 tr("HH:mm:ss", "a time of today, as QLocale::toString reads it"));
    return m_locale.toString(local, tr("d MMM HH:mm", "date and time, as QLocale::toString reads it"));
}

} // namespace prism::ui
