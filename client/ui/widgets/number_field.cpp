#include "client/ui/widgets/number_field.h"

#include <algorithm>
#include <cmath>

namespace prism::ui {

namespace {

constexpr int mostDecimals = 9;

/// As many as the number needs, up to what a field can show.
int decimalsOf(double number)
{
    for (int decimals = 0; decimals < mostDecimals; ++decimals) {
        const double shifted = number * std::pow(10, decimals);
        if (std::abs(shifted - std::round(shifted)) <= std::abs(shifted) * 1e-12)
            return decimals;
    }
    return mostDecimals;
}

} // namespace

NumberField::NumberField(QWidget* parent)
    : QDoubleSpinBox(parent)
{
    setButtonSymbols(QAbstractSpinBox::NoButtons);
    setGroupSeparatorShown(true);
    setDecimals(mostDecimals);
    connect(this, &QAbstractSpinBox::editingFinished, this, [this] { m_entered = value(); });
}

void NumberField::setLimits(double least, double most, int decimals)
{
    m_least = least;
    m_most = most;
    m_typedDecimals = decimals;
    setRange(least, most);
}

void NumberField::display(double number)
{
    m_displayed = number;
    setRange(std::min(m_least, number), std::max(m_most, number));
    setValue(number);
    m_shown = value();
    m_entered = value();
}

bool NumberField::isChanged() const
{
    return value() != m_shown;
}

double NumberField::number() const
{
    return isChanged() ? value() : m_displayed;
}

QString NumberField::textFromValue(double value) const
{
    return locale().toString(value, 'f', std::max(decimalsOf(value), std::min(m_typedDecimals, 1)));
}

double NumberField::valueFromText(const QString& text) const
{
    return parsed(bare(text)).value_or(value());
}

QValidator::State NumberField::validate(QString& text, int& /*place*/) const
{
    if (!specialValueText().isEmpty() && text == specialValueText())
        return QValidator::Acceptable;
    const QString typed = bare(text);
    if (const std::optional<double> number = parsed(typed))
        return *number >= minimum() && *number <= maximum() ? QValidator::Acceptable
                                                            : QValidator::Intermediate;
    const QString allowed = locale().decimalPoint() + locale().groupSeparator() + locale().negativeSign();
    const bool mayBecomeOne = std::all_of(typed.begin(), typed.end(), [&allowed](QChar character) {
        return character.isDigit() || allowed.contains(character);
    });
    return mayBecomeOne ? QValidator::Intermediate : QValidator::Invalid;
}

/// What is no number when somebody is done with it gives way to what was there.
void NumberField::fixup(QString& text) const
{
    text = prefix() + textFromValue(m_entered) + suffix();
}

/// Without what stands around the number.
QString NumberField::bare(QString text) const
{
    if (!prefix().isEmpty() && text.startsWith(prefix()))
        text.remove(0, prefix().size());
    if (!suffix().isEmpty() && text.endsWith(suffix()))
        text.chop(suffix().size());
    return text.trimmed();
}

/// Groups are read where the locale would write them, and nowhere else.
std::optional<double> NumberField::parsed(const QString& text) const
{
    QLocale strict = locale();
    strict.setNumberOptions(QLocale::RejectGroupSeparator);
    QString plain = text;
    plain.remove(locale().groupSeparator());
    bool isNumber = false;
    const double number = strict.toDouble(plain, &isNumber);
    if (!isNumber || !std::isfinite(number))
        return std::nullopt;
    const qsizetype point = plain.indexOf(locale().decimalPoint());
    const int decimals = point < 0 ? 0 : int(plain.size() - point - locale().decimalPoint().size());
    if (decimals > std::max(m_typedDecimals, decimalsOf(m_displayed)))
        return std::nullopt;
    if (plain.size() != text.size() && locale().toString(number, 'f', decimals) != text)
        return std::nullopt;
    return number;
}

} // namespace prism::ui
