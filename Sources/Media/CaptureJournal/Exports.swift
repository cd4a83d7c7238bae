@_exported public import RTP
