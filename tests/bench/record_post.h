#pragma once

#include "tests/bench/endpoint.h"

#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <string_view>

namespace prism::bench {

enum class Naming { Counter, Random };

/// Makes requests that create records, all of the same size, each with a name of its own that carries its
/// number. The text is made once; a request is a copy with the digits changed.
class RecordPost
{
public:
    /// `prefix` sets the names of this source apart from those of others on the same server.
    RecordPost(const Endpoint& endpoint, const std::string& prefix, Naming naming = Naming::Counter);

    /// A whole request, for the number that follows on the last one.
    void next(std::string& request);

    /// One record as JSON, for a batch.
    std::string nextRecord();

    /// How many were made.
    std::uint64_t made() const { return m_made; }

    /// The number in the first name found in `text`: an event, or an answer.
    static std::optional<std::uint64_t> numberIn(std::string_view text);

private:
    void fill(std::string& text, std::size_t at);

    std::string m_record;
    std::size_t m_nameAt = 0;
    std::string m_head;
    bool m_random;
    std::mt19937_64 m_generator;
    std::uint64_t m_made = 0;
};

} // namespace prism::bench
