#pragma once

#include "shared/protocol/period.h"

#include <QFrame>

class QButtonGroup;

namespace prism::ui {

/// Today, week, month, year, all: one of them is chosen. Ctrl+1 … Ctrl+5 choose as well.
class PeriodSelector : public QFrame
{
    Q_OBJECT

public:
    explicit PeriodSelector(QWidget* parent = nullptr);

    protocol::Period period() const;
    /// "Today and the 6 days before"
    static QString spanOf(protocol::Period period);
    /// Does not emit.
    void setPeriod(protocol::Period period);

signals:
    /// A person chose another one.
    void chosen(prism::protocol::Period period);

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void retranslate();

    QButtonGroup* m_buttons;
};

} // namespace prism::ui
