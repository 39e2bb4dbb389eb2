/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-socket-hold.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

/**
 * rounds_socket_hold:
 * @socket: (nullable): of a connection; one that is not TCP is left as it is
 * @hold: whether what is written waits for more
 *
 * libsoup writes the head and the body of a message one after the other, which would be two packets and an answer to
 * each from the other side's kernel. Between a hold and its end they become one. What is held goes out at the latest
 * after 200 ms, or when it fills a packet.
 */
void
rounds_socket_hold (GSocket *socket, gboolean hold)
{
#ifdef TCP_CORK
  if (socket != NULL)
    g_socket_set_option (socket, IPPROTO_TCP, TCP_CORK, hold, NULL); /* where it fails there are two packets */
#endif
}
