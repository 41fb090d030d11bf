#pragma once

#include "client/model/feed_model.h"
#include "client/model/workspace.h"
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
    /// Something that a person wanted could not be done; `what` says so in a sentence. Nothing: it was not
    /// the server that refused it.
    void displayFailure(const QString& what, const std::optional<protocol::Error>& error = {});
    void clearError();
    /// That there is something again which was not saved when the window was closed.
    void displayResumed(bool record, bool settings);
    /// What keeps the window from its server at `address`; said as long as it does. `hasSomething` is whether
    /// the window shows anything that was seen there.
    void setHindrance(std::optional<model::Hindrance> hindrance, const QString& address, bool hasSomething);
    /// What is shown was seen at `from` by an earlier run; nothing when it is this run's.
    void setRemembered(std::optional<protocol::Timestamp> from, std::chrono::milliseconds age);
    /// How old the numbers are, where nothing else in the window says so.
    /// Why the server is not asked any more; empty while it is.
    void setSignedOut(const QString& why);
    void setAge(std::optional<std::chrono::milliseconds> age);
    void setCompleteness(std::optional<protocol::Timestamp> since, const QList<model::Recovery>& recoveries);

    QString noticeText() const;
    QString completenessText() const;

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    QString completeness() const;
    QString resumed() const;
    QString notice() const;
    QString hindrance() const;
    QString sentenceFor(const protocol::Error& error) const;
    QString reasonFor(const protocol::Error& error) const;
    static QString labelOf(const QString& field);

    Text* m_notice;
    Text* m_complete;
    QTimer m_noticeTimer;
    std::optional<protocol::Error> m_error;
    bool m_recordResumed = false;
    bool m_settingsResumed = false;
    QString m_failed; ///< what could not be done; empty when nobody wanted anything
    std::optional<model::Hindrance> m_hindrance;
    QString m_signedOut;
    QString m_address;
    bool m_hasSomething = false;
    std::optional<protocol::Timestamp> m_rememberedFrom;
    std::chrono::milliseconds m_rememberedAge{0};
    std::optional<std::chrono::milliseconds> m_age;
    std::optional<protocol::Timestamp> m_completeSince;
    QList<model::Recovery> m_recoveries;
};

} // namespace prism::ui
