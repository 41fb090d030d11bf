#pragma once

#include <QScrollArea>

namespace prism::ui {

/// Fields one below the other, which keep their size and are scrolled up and down where there is no room for
/// all of them. Never narrower than they are.
class FormScroll : public QScrollArea
{
    Q_OBJECT

public:
    explicit FormScroll(QWidget* parent = nullptr);

    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
};

} // namespace prism::ui
