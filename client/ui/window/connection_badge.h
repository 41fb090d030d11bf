#pragma once

#include "client/model/feed_model.h"
#include "client/ui/theme/theme.h"

#include <QWidget>

class QPushButton;

namespace prism::ui {

class Text;

/// What is known about the connection at one moment.
struct Connection
{
    model::FeedState state = model::FeedState::Connecting;
    std::optional<std::chrono::milliseconds> behind = {};
    std::optional<std::chrono::milliseconds> dataAge = {};
    std::optional<protocol::Timestamp> lostSince = {};
    std::optional<std::chrono::milliseconds> retryIn = {};
    bool refused = false;

    static Connection of(const model::FeedModel& feed);

    bool operator==(const Connection&) const = default;
};

/// By which way the data comes and how old it is, in words with a coloured dot, and a button to try again
/// when something is wrong.
class ConnectionBadge : public QWidget
{
    Q_OBJECT

public:
    explicit ConnectionBadge(QWidget* parent = nullptr);

    void display(const Connection& connection);

    /// While there is no connection: it is for want of a certificate that is trusted.
    void setUntrusted(bool untrusted);

    /// "live, 12 ms behind"
    QString text() const;
    /// "live": for where there is room for a word only.
    QString word() const;
    bool offersRetry() const;
    /// Whether it says how old everything is, or since when nothing came.
    bool tellsAge() const;
    /// How high it gets at most.
    int heightWithRetry() const;

signals:
    void retryRequested();
    void signInRequested();
    void certificateRequested();

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void retranslate();
    QString sentence() const;
    Tone tone() const;

    Connection m_connection;
    bool m_untrusted = false;
    Text* m_text;
    QPushButton* m_retry;
};

} // namespace prism::ui
