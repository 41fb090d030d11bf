#pragma once

#include "client/model/preferences.h"
#include "client/model/workspace.h"
#include "client/ui/application/language.h"
#include "client/ui/application/watched_application.h"
#include "client/ui/window/main_window.h"
#include "tests/bench/latencies.h"
#include "tests/bench/paint_watch.h"
#include "tests/bench/report.h"

#include <QTemporaryDir>

#include <deque>
#include <functional>
#include <memory>

namespace prism::bench {

class CheckWriter;

/// A real window on a server, and how long it takes to show what is written there: from the time that the
/// server gave an event, which is its commit, until rows and cards have painted it. Server and window share
/// this machine's clock. Lives on the GUI thread.
class WindowBench
{
public:
    WindowBench(ui::WatchedApplication& application, const QUrl& server);
    ~WindowBench();

    /// Shows the window and waits until it is live with its first numbers.
    bool open();

    /// `perSecond` checks for some seconds: how late rows and cards are.
    bool steady(int perSecond, std::chrono::seconds duration, Report& report);

    /// So many that they are folded: how late input is, what it costs, and the longest stall.
    bool flood(int perSecond, std::chrono::seconds duration, Report& report);

    /// Memory after so many events.
    bool fill(qint64 events, Report& report);

private:
    using Milliseconds = std::chrono::milliseconds;

    bool run(CheckWriter& writer, std::chrono::seconds duration, const std::function<void()>& start);
    bool waitFor(const std::function<bool()>& condition, std::chrono::seconds atMost) const;
    protocol::Seq newest();
    void onRows(int count);
    void onRowsPainted();
    void onCardsPainted();

    ui::WatchedApplication& m_application;
    QTemporaryDir m_folder; ///< nothing that a person chose
    model::Preferences m_preferences{m_folder.filePath(QStringLiteral("preferences.ini"))};
    ui::Language m_language;
    model::Workspace m_workspace;
    ui::MainWindow m_window;
    std::unique_ptr<PaintWatch> m_rows;
    std::unique_ptr<PaintWatch> m_cards;
    std::deque<std::pair<protocol::Seq, protocol::Timestamp>> m_unpaintedRows;
    std::deque<std::pair<protocol::Seq, protocol::Timestamp>> m_unpaintedCards;
    protocol::Seq m_paintedSeq = 0; ///< that the cards contain
    protocol::Timestamp m_cardsPaintedAt;
    bool m_isTiming = false; ///< else no time is kept: millions of them would count as the window's memory
    Latencies m_rowTimes;
    Latencies m_cardTimes;
};

} // namespace prism::bench
