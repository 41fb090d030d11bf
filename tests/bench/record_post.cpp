#include "tests/bench/record_post.h"

namespace prism::bench {

namespace {

constexpr std::string_view mark = "~n";
constexpr std::size_t digits = 10;
constexpr std::size_t randomDigits = 20;

} // namespace

RecordPost::RecordPost(const Endpoint& endpoint, const std::string& prefix, Naming naming)
    : m_random(naming == Naming::Random)
    , m_generator(std::random_device()())
{
    const std::string before = R"({"type":"custom","name":")";
    m_nameAt = before.size();
    m_record =
        before + std::string(m_random ? randomDigits : 0, '0') + prefix + std::string(mark) +
        std::string(digits, '0') +
        R"(","description":"made by the benchmark","config":{"metrics":["violationRate"],"period":"week"}})";
    m_head = "POST /api/v1/analytics/records HTTP/1.1\r\nHost: " + endpoint.authority() +
             "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(m_record.size()) +
             "\r\n\r\n";
}

void RecordPost::fill(std::string& text, std::size_t at)
{
    if (m_random) {
        for (std::size_t i = 0; i < randomDigits; ++i)
            text[at + i] = char('a' + m_generator() % 26);
    }
    std::size_t place = text.find(mark, at) + mark.size() + digits;
    std::uint64_t number = m_made++;
    for (std::size_t i = 0; i < digits; ++i) {
        text[--place] = char('0' + number % 10);
        number /= 10;
    }
}

void RecordPost::next(std::string& request)
{
    request.assign(m_head);
    request += m_record;
    fill(request, m_head.size() + m_nameAt);
}

std::string RecordPost::nextRecord()
{
    std::string record = m_record;
    fill(record, m_nameAt);
    return record;
}

std::optional<std::uint64_t> RecordPost::numberIn(std::string_view text)
{
    const std::size_t at = text.find(mark);
    if (at == std::string_view::npos || text.size() < at + mark.size() + digits)
        return std::nullopt;
    std::uint64_t number = 0;
    for (const char digit : text.substr(at + mark.size(), digits))
        number = number * 10 + std::uint64_t(digit - '0');
    return number;
}

} // namespace prism::bench
