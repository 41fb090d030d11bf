#pragma once

#include <QTimer>
#include <QWidget>

class QPushButton;
class QToolButton;

namespace prism::ui {

class Text;

/// A sentence about what just happened, with something to do about it where there is something. Goes away by
/// itself after a while, unless somebody has the focus on it, and has no room of its own while it is empty.
class NoticeLine : public QWidget
{
    Q_OBJECT

public:
    enum class Kind { Done, Trouble };

    explicit NoticeLine(QWidget* parent = nullptr,
                        std::chrono::milliseconds noticeTime = std::chrono::seconds(12));

    /// `action` is what the button says; none when it is empty.
    void display(Kind kind, const QString& text, const QString& action = {});
    void clear();
    /// Where the keyboard goes when the line goes away and had it.
    void returnFocusTo(QWidget& widget) { m_origin = &widget; }

    QString text() const;

signals:
    void actionRequested();
    /// It went away by itself or was sent away.
    void dismissed();

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void onTime();
    void retranslate();

    Kind m_kind = Kind::Done;
    Text* m_text;
    QPushButton* m_action;
    QToolButton* m_close;
    QWidget* m_origin = nullptr;
    QTimer m_timer;
};

} // namespace prism::ui
