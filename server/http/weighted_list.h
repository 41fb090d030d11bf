#pragma once

#include <QByteArray>

#include <vector>

namespace prism::http {

/// One of the things that a field such as Accept-Encoding lists, and how much it is wanted.
struct Weighted
{
    QByteArray value;  ///< without its parameters
    int weight = 1000; ///< in thousandths, as "q=" says it; 0: not wanted
};

/// The members of such a field (RFC 9110, section 12.4.2) in their order, at most 100. One whose weight is
/// none is left out.
std::vector<Weighted> weightedList(const QByteArray& field);

} // namespace prism::http
