#pragma once

#include "client/ui/theme/theme.h"

#include <QList>
#include <QWidget>

#include <optional>

namespace prism::ui {

/// A trend in the size of a word: no axes, gaps where there is no value.
class Sparkline : public QWidget
{
    Q_OBJECT

public:
    explicit Sparkline(QWidget* parent = nullptr);

    void display(const QList<std::optional<double>>& values, Tone tone);
    Tone tone() const { return m_tone; }
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QList<std::optional<double>> m_values;
    Tone m_tone = Tone::Neutral;
};

} // namespace prism::ui
