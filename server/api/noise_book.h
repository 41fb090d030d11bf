#pragma once

#include "server/analytics/assessments.h"

#include <QStringList>

#include <chrono>
#include <functional>
#include <map>
#include <mutex>

namespace prism::api {

struct Reading;

/// How much the numbers of each period usually differ, of everything there is and of each set of
/// projects that is asked for: computed by a reader, beside
/// the requests, once a quarter of an hour in which anybody asks, and anew when older data came. What was
/// known last serves until then, so that no verdict comes and goes. Sets of projects, which anybody may think
/// of, have their turn one after the other, and most of the time none has. Used from any thread.
class NoiseBook
{
public:
    using Work = std::function<void(const Reading&)>;

    /// `submit` has a reader do a work, or drops it; `changed` is called on the reader's thread when verdicts
    /// may be other ones.
    NoiseBook(std::function<void(Work)> submit, std::function<void()> changed);

    struct Entry
    {
        std::shared_ptr<const analytics::WindowNoise> noise; ///< null before the first was computed
        quint64 hash = 0;                                    ///< of that
    };

    /// The newest there is. Never computes anything.
    Entry newest(protocol::Period period, const QStringList& projects = {}) const;

    /// The same; asks for a newer one where that is not of this moment's quarter and this beginning of the
    /// data.
    Entry of(protocol::Period period, const QStringList& projects, protocol::Timestamp now,
             std::optional<protocol::Timestamp> earliest);

    /// Has the first computed, and waits for it a moment.
    void begin();

private:
    /// What the entries are of.
    struct Basis
    {
        protocol::Timestamp quarter{};
        std::optional<protocol::Timestamp> earliest;
    };
    using Entries = std::map<protocol::Period, Entry>;

    /// What is known of everything, or of one set of projects.
    struct Book
    {
        Entries entries = {};
        Basis basis = {};
        bool isAsked = false;
        quint64 lastUse = 0;
    };

    void ask(const QStringList& projects);
    bool takeTurn(const QStringList& projects);
    bool compute(const QStringList& projects, const Reading& reading);
    bool keep(const QStringList& projects, const Basis& basis, Entries entries);
    void notePause(const QStringList& projects, std::chrono::steady_clock::duration work);
    void noteAnswered(const QStringList& projects);
    void makeRoom();

    const std::function<void(Work)> m_submit;
    const std::function<void()> m_changed;
    mutable std::mutex m_mutex;
    std::map<QStringList, Book> m_books; ///< by projects; none for everything
    quint64 m_uses = 0;
    bool m_isSetAsked = false; ///< one of them
    std::chrono::steady_clock::time_point m_nextSet{};
};

} // namespace prism::api
