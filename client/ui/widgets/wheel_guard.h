#pragma once

#include <QObject>

namespace prism::ui {

/// Keeps the wheel from changing fields that a person only scrolls past: one that has not got the focus
/// leaves it to what it lies in, and none gets the focus by it. For all windows of the application while it
/// lives.
class WheelGuard : public QObject
{
    Q_OBJECT

public:
    explicit WheelGuard(QObject* parent = nullptr);

    bool eventFilter(QObject* watched, QEvent* event) override;
};

} // namespace prism::ui
