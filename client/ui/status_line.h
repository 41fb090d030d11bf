#pragma once

#include "client/net/live_feed.h"
#include "shared/protocol/error.h"

#include <QTimer>
#include <QWidget>

namespace prism::ui {

class Text;

/// The line at the bottom of the window: on the left what just went wrong, which goes away by itself; on the
/// right since when nothing is missing. It always has its room, so nothing moves when something is said.
class StatusLine : public QWidget
{
    Q_OBJECT

public:
    /// `noticeTime` is how long a notice stays after it was last given.
    explicit StatusLine(QWidget* parent = nullptr,
                        std::chrono::milliseconds noticeTime = std::chrono::seconds(8));

    void displayError(const protocol::Error& error);
    /// What was asked for could not be written there.
    void displaySaveFailure(const QString& path);
    void clearError();
    void setCompleteness(std::optional<protocol::Timestamp> since, const QList<net::Recovery>& recoveries);

    QString noticeText() const;
    QString completenessText() const;

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    static QString sentenceFor(const protocol::Error& error);

    Text* m_notice;
    Text* m_complete;
    QTimer m_noticeTimer;
    std::optional<protocol::Error> m_error;
    QString m_unwritten; ///< the file; empty when there is none to tell of
    std::optional<protocol::Timestamp> m_completeSince;
    QList<net::Recovery> m_recoveries;
};

} // namespace prism::ui
