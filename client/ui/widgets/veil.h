#pragma once

#include <QWidget>

namespace prism::ui {

/// A translucent sheet over something that may be out of date. It dims and lets every click through.
class Veil : public QWidget
{
    Q_OBJECT

public:
    explicit Veil(QWidget* parent);

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace prism::ui
