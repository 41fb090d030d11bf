#include "server/rules/keyword_automaton.h"

#include <algorithm>
#include <limits>

namespace prism::rules {

namespace {

constexpr std::size_t units = std::size_t(std::numeric_limits<char16_t>::max()) + 1;

} // namespace

QString foldCase(QStringView text)
{
    QString folded;
    folded.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool isPair = text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        if (!isPair) {
            folded.append(text[i].toCaseFolded());
            continue;
        }
        const char32_t both = QChar::toCaseFolded(QChar::surrogateToUcs4(text[i], text[i + 1]));
        folded.append(QChar(QChar::highSurrogate(both)));
        folded.append(QChar(QChar::lowSurrogate(both)));
        ++i;
    }
    return folded;
}

KeywordAutomaton::KeywordAutomaton()
    : m_nodes(1)
    , m_first(units, 0)
{
}

KeywordAutomaton::Word KeywordAutomaton::add(QStringView word)
{
    State state = 0;
    for (const QChar each : word) {
        const char16_t unit = each.unicode();
        auto& edges = m_nodes[state].edges;
        const auto edge =
            std::lower_bound(edges.begin(), edges.end(), unit,
                             [](const Edge& known, char16_t wanted) { return known.unit < wanted; });
        if (edge != edges.end() && edge->unit == unit) {
            state = edge->target;
            continue;
        }
        const auto target = State(m_nodes.size());
        edges.insert(edge, {unit, target});
        if (state == 0)
            m_first[unit] = target;
        m_nodes.emplace_back();
        state = target;
    }
    if (m_nodes[state].word == none)
        m_nodes[state].word = m_size++;
    return m_nodes[state].word;
}

void KeywordAutomaton::compile()
{
    std::vector<State> order{0};
    order.reserve(m_nodes.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        const State parent = order[i];
        for (const Edge& edge : m_nodes[parent].edges) {
            Node& node = m_nodes[edge.target];
            node.fallback = parent == 0 ? 0 : step(m_nodes[parent].fallback, edge.unit);
            const Node& suffix = m_nodes[node.fallback];
            node.output = suffix.word != none ? node.fallback : suffix.output;
            order.push_back(edge.target);
        }
    }
}

bool KeywordAutomaton::search(QStringView text, const std::function<bool(Word, qsizetype)>& found) const
{
    State state = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        state = step(state, text[i].unicode());
        const Node& node = m_nodes[state];
        for (State hit = node.word != none ? state : node.output; hit != 0; hit = m_nodes[hit].output) {
            if (!found(m_nodes[hit].word, i + 1))
                return false;
        }
    }
    return true;
}

KeywordAutomaton::State KeywordAutomaton::child(State state, char16_t unit) const
{
    if (state == 0)
        return m_first[unit];
    const auto& edges = m_nodes[state].edges;
    const auto edge =
        std::lower_bound(edges.begin(), edges.end(), unit,
                         [](const Edge& known, char16_t wanted) { return known.unit < wanted; });
    return edge != edges.end() && edge->unit == unit ? edge->target : 0;
}

/// A node's fallback is nearer to the root, so compile() may ask before deeper nodes have theirs.
KeywordAutomaton::State KeywordAutomaton::step(State state, char16_t unit) const
{
    for (;;) {
        const State next = child(state, unit);
        if (next != 0 || state == 0)
            return next;
        state = m_nodes[state].fallback;
    }
}

} // namespace prism::rules
