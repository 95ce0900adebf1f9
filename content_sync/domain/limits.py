"""Every limit of the system, with its unit in its name.

Legal numbers are not here: deadlines and grades live in rule profiles. These are the bounds that keep one bad
input, one slow peer or one long day from taking the rest down.
"""

# items
item_bytes_max = 400_000
item_id_chars_max = 40
title_chars_max = 200
text_chars_max = 60_000
block_chars_max = 8_000
blocks_max = 2_000
rows_max = 3_000
list_max = 200
aliases_max = 40
year_min = 1_901  # a law in force may be from 1958; before 1901 the place had no standard time

# attachments
attachments_max = 40
attachment_name_chars_max = 80
blob_bytes_max = 16_000_000
item_blob_bytes_max = 64_000_000
channel_blobs_max = 12_000
channel_blob_bytes_max = 4_000_000_000
blob_budget_bytes = 1_000_000_000
blob_free_bytes_min = 256_000_000
blob_shown_seconds = 180
blob_wish_hours = 72
blob_wishes_max = 500
blob_missing_minutes = 10
blob_refused_hours = 6
blob_failures_max = 5

# editions and packs
edition_items_max = 50_000
edition_number_max = 1_000_000_000_000
pack_bytes_max = 64_000_000
pack_raw_bytes_max = 256_000_000
zstd_window_log_max = 27
withdrawn_ids_max = 20_000
directory_bytes_max = 4_000_000
manifest_bytes_max = 64_000
zstd_level_quick = 4  # 28 MB: 0.15 s and 7.8 MB; level 9 takes six times as long for 7.3 MB
zstd_level_base = 19
zstd_level_delta = 19

# deltas (ARCHITECTURE.md §6)
delta_editions_back_max = 32
delta_days_back_max = 45
delta_raw_bytes_max = 64_000_000
delta_slow_bytes_max = 4_000_000
delta_read_rows = 32
deltas_max = 120
steps_named_max = 8
base_way_percent_max = 25
news_raw_bytes_max = 4_000_000
news_files_max = 2_000
news_delta_bytes_max = 64_000

# trust (ARCHITECTURE.md §6)
timestamp_days = 60
snapshot_days = 60
targets_days = 365
root_days = 730
fingerprint_bytes = 16
clock_jump_days_max = 30
clock_skew_seconds_max = 3_600
clock_kept_minutes = 10
clock_kept_doubtful_minutes = 1
clock_even_minutes = 60
clock_even_seconds = 60
refresh_hours_max = 20
mirror_hours = 1

# keys that people carry
passphrase_chars_min = 12
passphrase_rounds = 3
passphrase_rounds_max = 20
passphrase_memory_bytes = 268_435_456
passphrase_memory_bytes_max = 1_073_741_824
key_file_bytes_max = 4_000
key_fingerprint_bytes = 10
request_file_bytes_max = 300_000_000  # a request that carries every text of the largest edition
targets_keys_max = 9
roots_max = 1_000

# network
quoted_chars_max = 1_000
chunk_bytes = 16_384
metadata_bytes_max = 5_000_000
head_bytes_max = 65_536
transfer_seconds_max = 600
transfer_grace_seconds = 10
transfer_credit_seconds_max = 60
transfer_bytes_per_second_min = 500
connect_seconds_max = 10
poll_seconds = 60
poll_seconds_live = 3_600
poll_seconds_max = 900
doublings_max = 16
rest_seconds = 1
hint_gap_seconds = 0.25
queue_gap_seconds = 0.05  # between two looks at the queue: a call is on the boards within a tenth of a second
live_retry_seconds = 5
live_retry_seconds_max = 60
step_lock_seconds_max = 60
stop_seconds_max = 1
live_silence_seconds_max = 150

live_line_bytes_max = 65_536
spooled_bytes_min = 65_536
bad_file_seconds = 120
bad_file_seconds_max = 3_600
live_bytes_max = 1_000_000
spool_bytes_max = 256_000_000
spool_free_bytes_min = 64_000_000  # left to the two stores: a press must be kept also while a pack arrives
spool_sync_bytes = 262_144
spool_progress_bytes_min = 4_096
spool_futile_tries_max = 2
progress_seconds = 0.5
progress_line_seconds = 10
set_down_seconds = 600
undisturbed_seconds = 5
reply_bytes_max = 2_000_000

# relays
mirror_refresh_hours = 3  # beside the hints: signed times come this often, so that what is current is known to be
mirror_before_minutes = 60  # how long files of the state before stay for readers that are half-way
mirror_hasty_bytes_max = 65_536  # a withdrawal waits for no longer pack
passing_seconds = 1
passing_look_seconds = 30  # at what devices say of themselves
behind_silent_minutes = 150  # a relay tells of its quiet devices once an hour
way_chars_max = 200  # relay/…/device
passed_bytes_more = 1_000  # what relays add to a record on its way up

# the device's store
content_busy_ms = 30_000
desk_busy_ms = 2_000
reader_cache_kb = 16_000  # pages of the index that a screen keeps between two keystrokes
reader_busy_ms = 50
display_gap_seconds = 120
display_seen_seconds = 30
desk_days_kept = 2
log_bytes_max = 4_000_000  # of a write-ahead log between two steps; SQLite itself begins to empty it there
spare_bytes = 1_000_000  # kept on a device's disk, so that a withdrawal finds room on a full one

# records
record_bytes_max = 16_000
record_batch_max = 200
outbox_rows_max = 100_000
opinion_chars_max = 500
strokes_chars_max = 8_000
receipt_chars_max = 20
poll_questions_max = 20
poll_options_max = 10
panel_codes_min = 5
panel_codes_max = 200
panel_refusals_max = (
    1_000  # from kiosks, for one making of codes: so many find one of 200 once in fifty thousand panels
)
panel_tries_per_hour = (
    30  # wrong codes of one account in the office: a month of nights and days finds one in 2,300 panels
)
panel_wrong_codes_told = 30  # in the office, for one making of codes, by whomever: then supervision is told

# which case a visitor is in: as many answers as stand on one screen beside 不清楚
which_questions_max = 3
which_answers_max = 4
which_question_chars_max = 24
which_answer_chars_max = 16

# sticks
stick_name_chars_max = 160
stick_chunk_bytes = 1_000_000
stick_names_max = 10_000
bundle_files_max = 50_000
bundle_file_bytes_max = 64_000_000
bundle_bytes_max = 64_000_000_000
listing_bytes_max = 16_000_000
stick_room_bytes_min = 1_000_000  # what a bundle or records leave free
spool_room_bytes_min = 64_000_000  # what copying from a stick leaves free on the device
stick_batches_max = 25
stick_batch_records_max = 4_000
stick_batch_bytes_max = 2_000_000
sealed_bytes_max = 2_001_000
sealed_files_max = 20_000
receipt_records_max = 100_000
receipt_bytes_max = 16_000_000
resigned_for_stick_hours_max = 0.25
bundle_tries_max = 3

# reading aloud
sentence_chars_max = 60  # said in some 15 s
aloud_minutes_max = 30  # after 朗读 was touched; from then on the usual time runs, also while the voice speaks
terms_per_page_max = 4  # words marked on one page: more would be noise

# the hall
press_wait_ms = 300
press_patience_seconds = 6
press_seconds_max = 60
press_poll_ms = 20
hall_poll_seconds = 15
hall_poll_seconds_live = 110
hall_poll_seconds_max = 120
queue_fresh_seconds = 120
heartbeat_seconds = 300
heartbeat_seconds_live = 3_600
lease_numbers = 50
lease_low_numbers = 20
lease_first_number = 601
lease_blocks_per_day_max = 40
ticket_digits_min = 3
lent_minutes_max = 600
renumbered_max = 90_000
bookings_bytes_max = 4_000_000
booking_lines_together = 50  # in one transaction, in which nobody else writes: 80 ms on two busy cores
series_restart_number = 900
series_rest_days = 30
ticket_id_bytes = 10
print_patience_seconds = 150
print_standing_wait_ms = 300
print_copies_max = 3
print_tries_max = 3
handouts_per_visit_max = 6
map_bytes_max = 200_000
own_terms_max = 200  # a county's own words beside the program's
own_term_chars_max = 16
own_meaning_chars_max = 60
own_english_chars_max = 160
own_terms_bytes_max = 100_000
printer_look_seconds = 5
printer_looks_fewer = 6  # a printer that is well is looked at so many times less often
printer_answer_seconds = 1.5
calls_shown_max = 30
bookings_off_shown_max = 200  # of bookings that stand on days off; the others are counted
invitation_minutes = 30
rating_reasons_chars_max = 200
screen_code_digits = 6
screen_code_minutes = 10
screen_code_tries_max = 5
screen_pairings_per_minute = 10  # from one address
screen_cookie_days = 400  # browsers keep none longer; every page renews it
pad_seconds = 90
pad_thanks_seconds = 6
ticket_asks_per_minute = 30  # for one ticket from one address; a hall's phones may share one address
contact_chars_max = 80
report_pictures_max = 20  # evidence of one report
application_files_max = 40  # pages of one partly given answer
own_due_days_max = 60  # by when an office says it will answer what no rule gives a limit
holiday_days_max = 20
forward_days_max = 90
handlings_shown_max = 200
answered_shown_max = 200  # of cases that are closed; every open one is shown
guides_shown_max = 60
estimate_served_min = 5
estimate_served_max = 20
help_patience_seconds = 6
help_seconds_max = 120
help_joined_minutes = 10
help_chars_max = 120
enquiries_shown_max = 50

# screens
idle_seconds = 120
idle_warning_seconds = 30  # enough to look up, understand and reach out (WCAG 2.2.1 asks for 20)
elder_idle_seconds = 240
query_chars_max = 24
search_candidates = 300
few_letters_candidates, respelled_candidates = 190, 60  # letters find much that was not meant
near_max = 5
reading_chars_per_second = 6
dwell_seconds_min = 8
fresh_days_warn = 3
fresh_days_alarm = 30
qr_bytes_max = 213
broken_paragraphs_max = 6_000
textures_max = 600
pictures_kept_max = 3
picture_pixels_max = 40_000_000
picture_side_max = 1_800
press_gap_ms = 120
screen_settles_ms = 400
pages_open_max = 24
night_from_hour = 21
public_notice_days_told = 60
film_days_near = 7
night_to_hour = 6
faults_per_minute_max = 5
staff_knocks = 5
staff_knock_seconds = 4
staff_pin_digits_min = 6
staff_pin_digits_max = 10
staff_free_tries = 3  # then a pause, twice as long after each further wrong PIN
staff_pause_seconds = 30
staff_pause_seconds_max = 3_600
staff_errand_seconds_max = 20  # a report that takes longer is not coming
disk_low_mb = 500
disk_full_mb = 5  # below it a write may fail at any moment
full_retry_seconds = 5  # how often a screen on a full disk looks whether there is room again

# boards (TIM-07, OFF-07)
hot_share_percent_min = 40
unshared_percent_min = 10
board_notices_max = 24
board_ledgers_max = 6
board_answers_max = 12
board_pages_max = 4
board_calls_max = 6
board_poll_ms = 20
call_flash_seconds = 3
code_module_px_min = 8
call_said_seconds_max = 90  # who was called longer ago has gone to the window, or has been called again
call_again_seconds = 3
voice_retry_seconds = 10
led_pages_max = 6
led_dwell_seconds_min = 4  # an LED page holds 8 to 40 characters: 8 seconds each would make people stop reading
led_call_seconds = 10
led_own_seconds_max = 60  # between two times that the supervision phone is lit, a story that is being told apart
clock_slack_minutes = 5
led_pictures_kept = 100
led_side_px_max = 1_024
sight_ratio = 250  # the smallest letter is the distance divided by this (SCREENS A5)
quiet_after_call_minutes = 30
blank_reason_chars_max = 200

# the server
publish_lock_seconds_max = 60
publish_lock_retry_seconds = 0.05
page_rows = 100
public_page_seconds = 60
request_bytes_max = 2_000_000
import_bytes_max = 8_000_000
upload_bytes_max = 16_200_000
picture_pixels_max = 50_000_000
picture_pixels_kept_max = 12_000_000
picture_jpeg_quality = 85
pdf_tail_bytes = 1_024
public_file_seconds = 60
tree_path_bytes_max = 255  # of a file of the published tree, below it; the longest of ours has some 170
kept_text_seconds = 86_400  # a withdrawn file may live so long in a cache that is not ours
import_items_max = 5_000
import_text_chars_max = 400_000
import_lines_max = 20_000
one_time_password_hours = 72
enrol_code_hours = 72
enrol_code_bytes = 10
api_body_bytes_max = 4_000
enrol_tries_per_minute = 10
receipt_asks_per_minute = 30  # of one device: whoever guesses receipts taps for centuries
digits_tries_per_hour = 40  # of one receipt at all kiosks: ten thousand digits take ten days
token_bytes = 20
last_seen_seconds = 60
listeners_told_seconds = 120
device_silent_minutes = 10
device_channels_max = 40
answer_chars_max = 4_000
days_folded_kept = 400
cards_seconds = 60
late_days_looked_back = 60
forgotten_at_once_max = 100  # within one write: whoever takes a ticket waits for no more
statistics_days_max = 366
password_chars_min = 10
login_tries_max = 15
login_tries_from_one_address_max = 5
login_lock_seconds = 300
session_hours_max = 10
request_threads = 16
connections_max = 1_000
connections_waiting_max = 256
keepalive_seconds = 5
stalled_client_seconds = 30
request_grace_seconds = 10
request_head_bytes_max = 65_536
requests_waiting_max = 800
waiting_bytes_max = 64_000_000
linger_seconds = 2
worker_silence_seconds_max = 60
restart_seconds = 1
stop_seconds = 1.7
upkeep_seconds = 3_600
upkeep_round_seconds = 1
upkeep_nice = 10
changes_days_max = 2
change_poll_ms = 50
change_gap_ms = 10  # between two looks at what changed, however often the writer knocks
queue_told_seconds = 1
streams_max = 2_000
streams_per_device_max = 4
stream_waiting_max = 200
stream_write_seconds = 10
stream_ping_seconds = 50  # within the usual patience of proxies (60 s), three in a device's own
stream_seconds_max = 3_600
handover_bytes_max = 65_536
database_connections_max = 24
log_pages_max = 4_000  # of the server's write-ahead log, before a commit copies it itself
log_copied_seconds = 0.5
steps_together_max = (
    100  # places taken along in one transaction: whoever waits for a turn of their own waits for no more
)
login_per_minute_max = 30
password_chars_max = 200
account_name_chars_max = 40
accounts_max = 5_000
kept_file_seconds = 31_536_000
