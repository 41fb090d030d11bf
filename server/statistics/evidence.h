#pragma once

#include <optional>
#include <vector>

namespace prism::statistics {

/// What happened in an hour or a day: how many of so many things were a hit, which may be several of one.
struct Hits
{
    double things = 0;
    double hits = 0;
};

/// How often a thing is usually a hit, and how much more that varies than chance alone.
struct Usual
{
    double rate = 0;
    double dispersion = 1;

    /// Of the buckets with things in them; those far above the others are left out, once. Nothing for fewer
    /// than ten of them, or than 100 things.
    static std::optional<Usual> of(const std::vector<Hits>& buckets);
};

/// Evidence, from bucket to bucket, that hits have risen `ratio`-fold: CUSUM (Page, Biometrika 41, 1954) of
/// Poisson counts (Lucas, Technometrics 27, 1985). Between false alarms there are e^threshold buckets at
/// least while the model holds (Lorden, Annals of Mathematical Statistics 42, 1971). A plain value.
class Evidence
{
public:
    enum class State { None, Medium, High };

    Evidence(const Usual& usual, double ratio, double threshold);

    /// A bucket is over. What is raised ends when its evidence has fallen by 3 from its highest.
    void close(const Hits& bucket);

    /// The same of a bucket in which it was raised while that ran: it stays so however little came of it in
    /// the end, unless that is as little as ends it.
    void closeRaised(const Hits& bucket);

    /// As if the running bucket ended now, but that it ends nothing.
    Evidence with(const Hits& running) const;

    State state() const { return m_state; }
    double value() const { return m_value; }

    /// Whether close() has ended what was raised.
    bool hasEnded() const { return m_hasEnded; }

    /// What happened since there was no evidence, and how many hits are usual of that.
    const Hits& since() const { return m_since; }
    double expected() const { return m_usual.rate * m_since.things; }

private:
    void add(const Hits& bucket);
    void endIfFallen();

    Usual m_usual;
    double m_ratio;
    double m_threshold;
    double m_value = 0;
    double m_highest = 0; ///< since it was raised
    State m_state = State::None;
    bool m_hasEnded = false;
    Hits m_since;
};

} // namespace prism::statistics
