#include "tests/faults/fault_clock.h"

#include <atomic>
#include <ctime>
#include <sys/syscall.h>
#include <unistd.h>

namespace {

/// A function of the C library has nobody who could hand it anything.
std::atomic<const prism::test::FaultBoard*> ordering{nullptr};

} // namespace

// NOLINTNEXTLINE(readability-inconsistent-declaration-parameter-name): the C library's names are reserved
extern "C" int clock_gettime(clockid_t clock, timespec* time) noexcept
{
    const long result = ::syscall(SYS_clock_gettime, clock, time);
    const prism::test::FaultBoard* board = ordering;
    if (result == 0 && clock == CLOCK_REALTIME && board != nullptr)
        time->tv_sec += board->clockAhead().count();
    return int(result);
}

namespace prism::test {

FaultClock::FaultClock(const FaultBoard& board)
{
    ordering = &board;
}

FaultClock::~FaultClock()
{
    ordering = nullptr;
}

} // namespace prism::test
