#pragma once

#include <QtGlobal>

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>

namespace prism::statistics {

/// Remembers the answers to the questions asked last, up to a bound. Any thread; nothing is locked while an
/// answer is worked out, so that two who ask the same at once may both work it out.
template <typename Question, typename Answer>
class Memo
{
public:
    explicit Memo(std::size_t most)
        : m_most(most)
    {
    }

    template <typename Work>
    Answer answer(const Question& question, const Work& work)
    {
        if (std::optional<Answer> known = find(question))
            return *std::move(known);
        Answer answer = work();
        keep(question, answer);
        return answer;
    }

    std::size_t size() const
    {
        const std::lock_guard lock(m_mutex);
        return m_known.size();
    }

private:
    struct Known
    {
        Answer answer;
        quint64 lastUse = 0;
    };

    std::optional<Answer> find(const Question& question)
    {
        const std::lock_guard lock(m_mutex);
        const auto known = m_known.find(question);
        if (known == m_known.end())
            return std::nullopt;
        known->second.lastUse = ++m_uses;
        return known->second.answer;
    }

    void keep(const Question& question, const Answer& answer)
    {
        const std::lock_guard lock(m_mutex);
        m_known.insert_or_assign(question, Known{answer, ++m_uses});
        if (m_known.size() > m_most)
            m_known.erase(std::min_element(m_known.begin(), m_known.end(), [](const auto& a, const auto& b) {
                return a.second.lastUse < b.second.lastUse;
            }));
    }

    const std::size_t m_most;
    mutable std::mutex m_mutex;
    std::map<Question, Known> m_known;
    quint64 m_uses = 0;
};

} // namespace prism::statistics
