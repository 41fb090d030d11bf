#!/bin/sh
# Where nothing can be installed: runs the tests, sends their result file as it is, and ends as they ended, also when the
# server is away. Sent again, the same file of the same commit adds nothing.
make test
code=$?
commit=$(git rev-parse HEAD 2>/dev/null)
curl -sS --max-time 10 -H "Authorization: Bearer $PRISM_TOKEN" --data-binary @junit.xml \
  "$PRISM_URL/api/v1/gateway/reports?project=checkout&gate=tests&branch=main&origin=ci&commit=$commit" ||
  echo "nothing was reported" >&2
exit "$code"
