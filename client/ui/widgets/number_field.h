#pragma once

#include <QDoubleSpinBox>

namespace prism::ui {

/// A field for a number. Shows what it is given exactly, also where a person might not enter it, and gives
/// back just that as long as nobody changed it. Reads what the locale writes: what is no number in it is
/// refused and never taken for another one.
class NumberField : public QDoubleSpinBox
{
    Q_OBJECT

public:
    explicit NumberField(QWidget* parent = nullptr);

    /// What a person may enter.
    void setLimits(double least, double most, int decimals);

    /// Nobody has changed it then.
    void display(double number);

    /// Whether it says something else than was displayed last.
    bool isChanged() const;

    double number() const;

    QString textFromValue(double value) const override;
    double valueFromText(const QString& text) const override;
    QValidator::State validate(QString& text, int& place) const override;
    void fixup(QString& text) const override;

private:
    QString bare(QString text) const;
    std::optional<double> parsed(const QString& text) const;

    double m_least = 0;
    double m_most = 0;
    int m_typedDecimals = 0;
    double m_displayed = 0; ///< as it was given
    double m_entered = 0;   ///< what was there before somebody began to type
    double m_shown = 0;     ///< the same as far as the field can say it
};

} // namespace prism::ui
