#pragma once

#include "tests/faults/fault_board.h"

namespace prism::test {

/// Makes the system's clock, as std::chrono reads it, run as far ahead as the board orders, for as long as
/// the object lives; the steady clock is left alone. It takes the place of the C library's own function in
/// this program, so there can be one.
class FaultClock
{
public:
    explicit FaultClock(const FaultBoard& board);
    ~FaultClock();
    FaultClock(const FaultClock&) = delete;
    FaultClock& operator=(const FaultClock&) = delete;
};

} // namespace prism::test
