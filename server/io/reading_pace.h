#pragma once

#include <QtGlobal>

#include <algorithm>
#include <chrono>
#include <optional>

namespace prism::io {

/// The least that a reader takes of what waits for it: so many bytes a second, and one at least, over each
/// window.
struct ReadingFloor
{
    qint64 bytesPerSecond = 1024;
    std::chrono::milliseconds window{10'000};
};

/// Tells a reader that is slow from one that is too slow, by what it has taken of what waited for it all the
/// while. Belongs to one thread.
class ReadingPace
{
public:
    using Clock = std::chrono::steady_clock;

    /// Nothing waits for the reader.
    void rest() { m_begin.reset(); }

    /// Something waits, and the reader has taken `taken` bytes altogether. False when that is too few since a
    /// window began. To be called several times within one.
    bool keepsUp(Clock::time_point now, qint64 taken, const ReadingFloor& floor)
    {
        using Seconds = std::chrono::duration<double>;
        const bool isOver = m_begin && now - *m_begin >= floor.window;
        if (m_begin && !isOver)
            return true;
        const double least = m_begin ? double(floor.bytesPerSecond) * Seconds(now - *m_begin).count() : 0.0;
        const bool isFast = !m_begin || double(taken - m_takenBefore) >= std::max(least, 1.0);
        m_begin = now;
        m_takenBefore = taken;
        return isFast;
    }

private:
    std::optional<Clock::time_point> m_begin;
    qint64 m_takenBefore = 0; ///< when the window began
};

} // namespace prism::io
