#pragma once

#include "client/ui/theme/theme.h"

#include <QList>
#include <QWidget>

namespace prism::ui {

struct LegendItem
{
    enum class Mark { Line, DashedLine, HollowPoint, Diamond, Square, Band };

    Mark mark = Mark::Square;
    Tone tone = Tone::Neutral;
    QString text;

    bool operator==(const LegendItem&) const = default;
};

/// What the marks of a chart mean, in one line; what does not fit is left out from the right.
class Legend : public QWidget
{
    Q_OBJECT

public:
    explicit Legend(QWidget* parent = nullptr);

    void setItems(const QList<LegendItem>& items);
    const QList<LegendItem>& items() const { return m_items; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    int length(int mark, int gap) const;

    QList<LegendItem> m_items;
};

} // namespace prism::ui
