#pragma once

#include <QFont>
#include <QObject>
#include <QTimer>

class QWidget;

namespace prism::ui {

/// Makes a window readable from across a room: the whole screen, larger type, and no pointer while nobody
/// moves it. Borrows the window. Lives on the GUI thread.
class WallMode : public QObject
{
    Q_OBJECT

public:
    /// `rest` is how long a pointer lies still before it disappears.
    explicit WallMode(QWidget& window, std::chrono::milliseconds rest = std::chrono::seconds(3));
    ~WallMode() override;

    bool isOn() const { return m_on; }
    void set(bool on);
    void toggle() { set(!m_on); }

    /// How much larger type is on a screen of this height, in device-independent pixels.
    static double typeScale(int screenHeight);

signals:
    /// What is no use on a wall has to go, or to come back.
    void changed(bool on);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void setFont(const QFont& font);
    void hidePointer();
    void showPointer();

    QWidget& m_window;
    bool m_on = false;
    bool m_pointerHidden = false;
    QFont m_usualFont;
    QTimer m_restTimer;
};

} // namespace prism::ui
