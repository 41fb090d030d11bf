#pragma once

#include <QObject>

namespace prism::ui {

/// Tells when the desktop's palette changed. A window that has a palette of its own is not told by Qt.
class PaletteWatcher : public QObject
{
    Q_OBJECT

public:
    explicit PaletteWatcher(QObject* parent = nullptr);

    bool eventFilter(QObject* watched, QEvent* event) override;

signals:
    void changed();
};

} // namespace prism::ui
