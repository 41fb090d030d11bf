#pragma once

#include "shared/protocol/period.h"

#include <QLocale>
#include <QUrl>
#include <QWidget>

class QBoxLayout;
class QComboBox;
class QLabel;
class QToolButton;

namespace prism::ui {

class ConnectionBadge;
class PeriodSelector;
class Text;

/// The top of the window: which server, how the connection is, which period, which language. In two lines
/// where the window is narrow, so that what is said of the connection is not cut off.
class HeaderBar : public QWidget
{
    Q_OBJECT

public:
    explicit HeaderBar(const QUrl& server, QWidget* parent = nullptr);

    ConnectionBadge* connection() const { return m_connection; }
    PeriodSelector* periods() const { return m_periods; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

    /// For a wall: without what one operates; the period in words.
    void setReduced(bool reduced);

    /// Whether what is shown below belongs to a period and a moment.
    void setTimed(bool timed);

    /// Does not emit.
    void setTimeTravelling(bool travelling);

    /// Takes the place of the server's address; becomes this one's.
    void setProfileMenu(QWidget* menu);

    /// Does not emit.
    void setLanguage(const QLocale& locale);

signals:
    void refreshRequested();
    void timeTravelToggled(bool travelling);
    void languageChosen(const QLocale& locale);

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    int heightWithRetry() const;
    void showControls();
    void retranslate();

    QBoxLayout* m_layout;
    Text* m_title;
    Text* m_server;
    QWidget* m_profiles = nullptr; ///< instead of m_server
    ConnectionBadge* m_connection;
    PeriodSelector* m_periods;
    Text* m_periodName; ///< instead of m_periods
    QToolButton* m_travel;
    QToolButton* m_refresh;
    QComboBox* m_languages;
    bool m_reduced = false;
    bool m_timed = true;
};

} // namespace prism::ui
