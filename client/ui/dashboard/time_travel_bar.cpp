#include "client/ui/dashboard/time_travel_bar.h"

#include "client/ui/theme/icons.h"
#include "client/ui/theme/style_sheet.h"
#include "client/ui/widgets/focus.h"
#include "client/ui/widgets/text.h"

#include <QCalendarWidget>
#include <QDateTimeEdit>
#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QTextCharFormat>
#include <QToolButton>

#include <algorithm>

namespace prism::ui {

using protocol::Timestamp;

namespace {

constexpr int stepsPerDay = int(std::chrono::hours(24) / TimeTravelBar::step);
constexpr int stepsInAll = TimeTravelBar::days * stepsPerDay;

QDateTime localTime(Timestamp time)
{
    return QDateTime::fromMSecsSinceEpoch(protocol::toMillis(time));
}

} // namespace

TimeTravelBar::TimeTravelBar(QWidget* parent)
    : QWidget(parent)
    , m_end(protocol::now())
    , m_text(new Text(TextRole::Strong))
    , m_slider(new QSlider(Qt::Horizontal))
    , m_field(new QDateTimeEdit)
    , m_live(new QPushButton)
{
    m_slider->setObjectName(QStringLiteral("time-slider"));
    m_slider->setRange(0, stepsInAll);
    m_slider->setPageStep(stepsPerDay);
    m_slider->setMinimumHeight(24); // the handle is higher than the style thinks
    m_field->setObjectName(QStringLiteral("time-field"));
    m_field->setCalendarPopup(true);
    m_field->setKeyboardTracking(false); // not every digit is a journey
    m_field->setMinimumDate({2000, 1, 1});
    m_live->setObjectName(QStringLiteral("time-live"));
    m_live->setProperty("primary", true);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(space::large, space::tiny, space::tiny, space::tiny);
    layout->setSpacing(space::medium);
    layout->addWidget(m_text);
    layout->addWidget(m_slider, 1);
    layout->addWidget(m_field);
    layout->addWidget(m_live);
    connect(m_slider, &QSlider::valueChanged, this, &TimeTravelBar::onSlider);
    connect(m_field, &QDateTimeEdit::dateTimeChanged, this, &TimeTravelBar::onField);
    connect(m_live, &QPushButton::clicked, this, &TimeTravelBar::liveChosen);
    retranslate();
    restyle();
}

void TimeTravelBar::display(std::optional<Timestamp> at)
{
    m_at = at;
    retranslate();
}

QString TimeTravelBar::text() const
{
    return m_text->text();
}

Timestamp TimeTravelBar::momentAt(int value) const
{
    const auto end = std::chrono::floor<std::chrono::minutes>(m_end);
    const auto whole = end - end.time_since_epoch() % step; // a quarter of an hour as clocks show it
    return whole - (stepsInAll - 1 - value) * step;
}

void TimeTravelBar::onSlider(int value)
{
    if (value == stepsInAll)
        emit liveChosen();
    else
        emit momentChosen(std::min(momentAt(value), protocol::now()));
}

void TimeTravelBar::onField()
{
    const Timestamp at = protocol::fromMillis(m_field->dateTime().toMSecsSinceEpoch());
    emit momentChosen(std::min(at, protocol::now()));
}

void TimeTravelBar::placeControls()
{
    const QSignalBlocker slider(m_slider);
    const QSignalBlocker field(m_field);
    if (!m_at) {
        m_end = protocol::now();
        m_slider->setValue(stepsInAll);
        m_field->setDateTime(localTime(m_end));
        return;
    }
    const auto back = (momentAt(stepsInAll - 1) - *m_at) / step;
    m_slider->setValue(int(std::clamp<qint64>(stepsInAll - 1 - back, 0, stepsInAll - 1)));
    if (!m_field->hasFocus() || m_field->dateTime() != localTime(*m_at))
        m_field->setDateTime(localTime(*m_at));
}

void TimeTravelBar::retranslate()
{
    const QString format = tr("d MMM yyyy, HH:mm", "a moment, as QLocale::toString reads it");
    m_text->setText(m_at ? tr("as of %1").arg(locale().toString(localTime(*m_at), format)) : tr("live"));
    m_text->setInk(m_at ? Text::Ink::Caution : Text::Ink::Good);
    // As wide as it gets, so that the slider does not change under the hand that moves it.
    const QDateTime wide(QDate(2026, 11, 28), QTime(20, 0));
    m_text->setMinimumWidth(
        m_text->fontMetrics().horizontalAdvance(tr("as of %1").arg(locale().toString(wide, format))) +
        space::small);
    m_field->setLocale(locale());
    m_field->setDisplayFormat(format);
    m_field->setMinimumWidth(m_field->fontMetrics().horizontalAdvance(locale().toString(wide, format)) +
                             4 * space::large); // and what unfolds the calendar
    m_slider->setAccessibleName(tr("Time"));
    m_slider->setAccessibleDescription(
        tr("Shows the dashboard as it was, up to thirty days ago; %1").arg(m_text->text()));
    m_slider->setToolTip(tr("As it was: arrow keys go a quarter of an hour, Page keys a day"));
    m_field->setAccessibleName(tr("Moment"));
    m_field->setAccessibleDescription(tr("Shows the dashboard as it was at this moment"));
    auto* digits = m_field->findChild<QLineEdit*>(); // what takes the keys
    digits->setAccessibleName(m_field->accessibleName());
    digits->setAccessibleDescription(m_field->accessibleDescription());
    m_live->setText(tr("Live"));
    m_live->setToolTip(tr("Back to now (Esc)"));
    m_live->setAccessibleName(tr("Live"));
    m_live->setAccessibleDescription(tr("Back to what is happening now"));
    if (!m_at)
        yieldFocus(*m_live, *m_slider);
    m_live->setEnabled(m_at.has_value());
    placeControls();
    update();
}

/// A calendar brings colours of its own: red weekends, a palette of the desktop's, coloured arrows.
void TimeTravelBar::restyle()
{
    const Theme theme = Theme::of(this);
    QCalendarWidget* calendar = m_field->calendarWidget();
    calendar->setPalette(paletteFor(theme));
    calendar->setVerticalHeaderFormat(QCalendarWidget::NoVerticalHeader);
    QTextCharFormat format;
    format.setForeground(theme.mutedText);
    format.setBackground(theme.surface);
    calendar->setHeaderTextFormat(format);
    format.setForeground(theme.text);
    for (const Qt::DayOfWeek day : {Qt::Saturday, Qt::Sunday})
        calendar->setWeekdayTextFormat(day, format);
    const std::pair<const char*, const char*> arrows[] = {{"qt_calendar_prevmonth", "left"},
                                                          {"qt_calendar_nextmonth", "right"}};
    for (const auto& [button, drawing] : arrows) {
        if (auto* arrow = calendar->findChild<QToolButton*>(QLatin1String(button)))
            arrow->setIcon(icon(QLatin1String(drawing), theme.text));
    }
}

void TimeTravelBar::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (changesTheme(*event))
        restyle();
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::LocaleChange)
        retranslate();
}

void TimeTravelBar::paintEvent(QPaintEvent*)
{
    const Theme theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(m_at ? theme.tone(Tone::Caution) : theme.outline);
    painter.setBrush(m_at ? theme.toneSurface(Tone::Caution) : theme.surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), space::cornerRadius,
                            space::cornerRadius);
}

} // namespace prism::ui
