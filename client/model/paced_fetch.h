#pragma once

#include "client/net/api_client.h"
#include "client/net/options.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <optional>

namespace prism::model {

/// Asks the server for something that is wanted again and again: one request at a time, the same one never
/// faster than a pace, and what was wished last is always asked. Borrows the API client. Lives on the GUI
/// thread.
class PacedFetch : public QObject
{
    Q_OBJECT

public:
    struct Wish
    {
        QString path;
        QUrlQuery query;

        bool operator==(const Wish&) const = default;
    };

    /// Called with every answer and what was asked, which may not be what is wished any more.
    using Done = std::function<void(const Wish& asked, const protocol::Result<net::Answer>& answer)>;

    /// `gap` is the least time between two requests for the same.
    PacedFetch(net::ApiClient& api, const net::Options& options, std::chrono::milliseconds gap, Done done,
               QObject* parent = nullptr);

    /// Takes the place of a wish that was not asked yet.
    void ask(const Wish& wish);

    /// Nothing is wished any more; an answer under way is passed over.
    void forget();

private:
    void schedule();
    void send();

    net::ApiClient& m_api;
    const net::Clock m_clock;
    const std::chrono::milliseconds m_gap;
    const Done m_done;
    QTimer m_timer;
    std::optional<Wish> m_wished; ///< and not asked yet
    std::optional<Wish> m_asked;  ///< the latest
    std::optional<std::chrono::milliseconds> m_lastAsked;
    bool m_inFlight = false;
    int m_request = 0; ///< only the answer to the latest counts
};

} // namespace prism::model
