/**
 * What shops call the things that a symbol shows, one symbol a line: words in the singular, folded; two words where
 * one alone would mislead. Lucide's own names and tags come after these.
 */
const LINES = `
accessibility: mobility, walker, disability aid
air-vent: air conditioner, air conditioning, hvac, ventilation, heating ventilation, dehumidifier, humidifier, air purifier, vent, air quality
airplay: casting, streaming device
alarm-clock: alarm clock
alarm-smoke: smoke detector, smoke alarm, carbon monoxide, gas detector, fire alarm, alarm
ambulance: ambulance, paramedic, rescue vehicle, stretcher
amphora: vase, urn, pottery
anchor: boat, marine, watercraft, nautical, docking, anchoring
antenna: antenna, aerial, television antenna
anvil: metalworking, forging, metal working
archive: filing cabinet, file cabinet, archive, file box, file storage, lateral file, pedestal file, storage drawer, archive box, cabinet, dresser, drawer, nightstand, chest drawer, credenza, sideboard, vanity, buffet, hutch, storage cabinet, chest, vertical file, storage furniture
armchair: chair, recliner, seating, seat, upholstery, stool, bench seat, chaise, bean bag, ottoman
atom: physics, chemistry, laboratory science, science
award: certificate, ribbon award, recognition, diploma
axe: axe, hatchet, forestry, logging, tomahawk, wood splitting, log splitter
baby: baby, toddler, infant, diaper, diapering, nursing, crib, newborn, maternity, potty, potty training, pacifier, teether, stroller, swaddling, bib, baby bottle, teething
backpack: backpack, rucksack, school bag, bookbag, hydration pack, fanny pack, waist pack
bacon: bacon, deli meat
badge-percent: discount, coupon, promotion
badge: name badge, badge, lapel pin, brooch
banana: banana, tropical fruit
bandage: first aid, bandage, wound care, medical tape, plaster, gauze, dressing, wound
banknote: currency, money, cash, bill, money handling, cash drawer, counterfeit
barcode: barcode, barcode scanner
barrel: barrel, drum barrel, fuel drum, storage tank, keg
bath: bath, bathtub, bathing, bathroom, spa, hot tub, sauna, bath mat
battery-charging: charger, battery charger, charging, power adapter
battery: battery, power bank, rechargeable battery, alkaline
bean: bean, legume, lentil, soybean
bed-double: bed, bedding, mattress, bed frame, futon, daybed, headboard, bed sheet, duvet, comforter, quilt, bedroom
bed-single: cot, bunk bed, sleeping pad, pillow, sleep, blanket, throw blanket, linen
beef: meat, beef, pork, steak, butcher, lamb, sausage, jerky
beer: beer, ale, lager, brewing, home brewing, cider
bell: bell, doorbell, chime
biceps-flexed: muscle, body building, protein, sport nutrition, protein supplement, wrestling, boxing arm, gymnastics, body positioning
bike: bicycle, bike, cycling, cycle, tricycle, unicycle, bmx
binoculars: binocular, monocular, spotting scope, optic, wildlife, birdwatching, bird watching, rangefinder, night vision
bird: bird, parrot, poultry, falconry
birdhouse: bird house, bird feeder, birdhouse, bird cage, nest box, bird bath
blend: paint mixing, color mixing
blender: blender, mixer, food processor, juicer, smoothie, food mixer, stand mixer, grinder, kitchen appliance, chopper
blinds: blind, window blind, window treatment, shade, curtain, shutter, drape, window covering
blocks: building block, module
bluetooth: bluetooth
bolt: bolt, fastener, nut bolt, anchor bolt
bone-fracture: fracture, cast, splint, orthopedic brace, brace, crutch
bone: bone, pet treat, dog treat, pet chew, skeleton, orthopedic
book-open-text: bible, hymnal, scripture
book-open: reading, magazine, comic, catalog, brochure, manual, workbook, study, academic, literature, printable
book-user: address book, contact book
book: book, textbook, dictionary, novel, encyclopedia, planner book, journal, diary, logbook, record book, guest book, hardcover journal
bookmark: bookmark, tab marker, index tab, page flag
boom-box: stereo, radio cassette, boombox, portable stereo
bot-message-square: chatbot
bot: robot, robotic, robotics, automation, automation control
bottle-wine: wine bottle, liquor, spirit, bottle, olive oil, vinegar, sauce, syrup, cooking oil, condiment, dressing sauce, decanter, oil
bow-arrow: archery, bow, arrow, crossbow, bowhunting
box: box, carton box, storage box, shipping box, container, bin, storage container, crate, packaging, moving box, tote
boxes: bulk, inventory, industrial storage, material handling, bundle, stock
brain-circuit: artificial intelligence, machine learning
brain: mental health, brain, memory care, neurology
brick-wall: brick, building material, masonry, concrete, cement, wall, drywall, plaster wall, wall panel, tile, insulation, building consumable, paneling
briefcase-medical: medical kit, medical bag, emergency preparedness, medical supply, health care, medical
briefcase: briefcase, business, business case, attache, portfolio, business service, professional service, impulse
broom: broom, sweeper, dustpan, janitorial, housekeeping, floor cleaning, janitorial cart, brush broom, duster, dusting
brush-cleaning: scrub brush, sponge, scouring, scrubber, cleaning brush, scraper, cleaning
brush: brush, hair brush, hairbrush, makeup brush, cosmetic brush
bubbles: detergent, laundry detergent, dish soap, foam, bubble, bubble bath, bath foam, fizz
bug: insect, pest, pest control, insecticide, bug, bait, repellent, insect repellent, mosquito, trap, flea, tick
building: building, office building, facility, hotel, hospitality, apartment
bus: bus, transit, coach bus
cable: cable, wire, cord, cabling, patch cable, extension cord, power cord, audio cable, video cable, cable management, cable tie, wiring, wire harness
cake-slice: pie, cheesecake, slice
cake: cake, birthday, birthday cake, pastry, frosting, celebration cake
calculator: calculator, adding machine, accounting, finance, finance insurance, tax
calendar: calendar, planner, appointment book, wall calendar, organizer calendar, date
camera: camera, photography, photo, digital camera, lens, camera accessory, photo studio, tripod, flash camera, camera lens, film camera, studio equipment, optics camera, photograph
can-soda: soda, soft drink, carbonated, energy drink, cola, beverage can
can: canned food, tin, canned, can food, canned good
candy-cane: christmas, christmas candy
candy: candy, sweet, gum, confectionery, chocolate, mint, chewing gum, caramel, marshmallow
cannabis: cannabis, hemp, cbd
car-battery: car battery, vehicle battery, automotive battery
car-front: windshield, headlight, bumper, auto body, vehicle body, vehicle part, car part
car: car, vehicle, automobile, automotive, sedan, auto, truck car, automotive service, motor vehicle
caravan: caravan, rv, motorhome, camper
card-sim: sim card, sim
carrot: vegetable, carrot, produce, root vegetable, rabbit food
carton: carton, juice box, juice, egg carton
cassette-tape: cassette, audio tape, tape player, cassette player
castle: playset, playhouse, bounce house, bouncy castle, dollhouse
cat: cat, kitten, feline, cat litter, litter, cat food, cat tree, cat perch, cat shelf
cctv: security camera, surveillance, cctv, video surveillance, home security, security monitor
chart-column: chart, business analytics, analytics, reporting, marketing
chart-pie: marketing service, statistics
chef-hat: chef, cooking, baking, bakeware, food service, cook, culinary, apron, restaurant, catering
cherry: cherry, berry, fruit
chess-knight: chess, board game, strategy game, checkers, horse, saddle, equestrian, halter, horse tack, saddle pad, saddle bag, pony, stirrup, bridle, rein, saddle hardware
church: church, chapel, religious, religious item, religious ceremonial
cigarette: cigarette, tobacco, cigar, smoking, ashtray, vape, vaporizer, e cigarette, lighter, hookah, nicotine, nicotine pouch
circle-dot: button, washer, o ring, gasket, tire, wheel, rim, caster, hubcap, wheel tire, tire spoon, shuffleboard, deck shuffleboard
circle-parking: parking, parking lot, parking permit
circuit-board: circuit, circuit board, electronic component, motherboard, development board, semiconductor, breadboard, transistor, resistor, capacitor
citrus: citrus, orange, lemon, lime, grapefruit
clapperboard: movie, film, dvd, cinema, film television, video production, filmmaking, television show
clipboard-list: form, checklist, business form, inspection form, register form, receipt book
clipboard: clipboard
clock: clock, wall clock, time clock, timer clock, time
cloud-rain: rain, weather, weather station, rain gauge, rainwear, raincoat
cloud: cloud service, cloud, cloud storage
clover: lawn, lawn care, st patrick
code: software, computer software, programming, developer, operating system
coffee: coffee, tea, espresso, coffee maker, coffee pod, ground coffee, mug, cup, hot beverage, teapot, kettle, cocoa, coffee filter, creamer, hot chocolate, tea cup
cog: gear, gearbox, machinery, transmission, mechanical, drive, bearing, pulley, machine, manufacturing machine
coins: coin, coin collecting, numismatic, collectible coin, token, digital currency
compass: compass, navigation, gps, orienteering, navigational, gps navigation, map compass
computer: desktop computer, pc, workstation, computer
concierge-bell: call bell, service bell, hotel service, concierge
cone: cone
construction: construction, barrier, barricade, road safety, traffic barrier, scaffolding, fencing barrier, construction service
contact: business card, rolodex, card file, contact file
cookie: cookie, biscuit, snack, cracker, snack bar, granola, chip, snack food, energy bar, nutrition bar, protein bar, breadstick, pretzel, popcorn snack
cooking-pot: pot, cookware, pan, saucepan, pressure cooker, slow cooker, crock, stock pot, wok, skillet, rice cooker, stew, cooker, steamer, fondue, frying pan
cpu: processor, cpu, microprocessor, computer component
credit-card: credit card, gift card, payment, pos, payment terminal, card reader, prepaid card, membership, wallet card
croissant: bread, bakery, croissant, pastry bread, bun, baked good, tortilla, bagel
cross: cross, crucifix, rosary, christian
crown: costume, crown, tiara, royal, headpiece, hair jewelry, dress up
cuboid: ice cube, cube
cup-soda: disposable cup, paper cup, plastic cup, tumbler, drinkware, cold drink, straw, drinking straw, travel mug, cup lid, beverage, drink, cup accessory
cupcake: cupcake, muffin, baking cup
cylinder: cylinder, tank, gas cylinder, pipe, air tank
database: database, data storage, san, storage array
desk: desk, computer desk, office desk, writing desk, workstation desk, standing desk, lap desk
dessert: dessert, pudding, gelatin, custard
diamond: diamond, gemstone
dice-5: dice, gambling, casino, tabletop game, roleplaying, game
dining-table: table, dining table, conference table, coffee table, workbench, console table, folding table, work table, changing table, island
disc-3: cd, dvd disc, blu ray, disc, optical disc, blank media, record, music cd, music recording, blank disc, turntable record, disc jockey, flying disc, optical drive
disc-album: vinyl record, lp, album music
dna: biology, genetic, dna, biotechnology
dog: dog, puppy, canine, pet, leash, dog food, dog collar, kennel, pet supply, dog house, pet training, animal, pet collar, pet carrier, agility, pet bed, dog bed, slow feeder
door-closed: door, door hardware, doorway, door frame, cabinet door, garage door
door-open: gate, room divider, door stop, entrance, pet door, partition
drafting-compass: drafting, drawing compass, geometry, technical drawing, architect, drawing instrument, plotting
drama: theater costume, mask, costume mask, theatrical, puppet, halloween
drill: drill, power tool, driver, impact driver, cordless drill, drill bit, rotary tool, screwdriver power, bit
drone: drone, quadcopter, unmanned aerial
droplet: water, liquid, lotion, moisturizer, ink, lubricant, humidity, blood, sweat, fluid, serum, petroleum jelly, oil drop, glue drop, essential oil, skin care, humectant, urine
droplets: water filter, hydration, plumbing leak, watering, irrigation, sprinkler, moisture, water treatment, purification, rinse
drum: drum, percussion, cymbal, snare, drumstick music, bongo, tambourine
drumstick: chicken, turkey meat, poultry meat, wing food
dumbbell: fitness, exercise, weight lifting, gym, dumbbell, weight training, treadmill, elliptical, workout, strength training, barbell, weight bench, kettlebell, resistance band, exercise machine, pilates, athletic, athletics, foam roller, suspension training, suspension trainer
ear: ear, hearing aid, earplug, hearing, ear care, ear protection, hearing protection
earth: travel service, world, environment, environmental, geography
egg-fried: breakfast, fried egg, egg cooker
egg: egg, egg substitute, incubator, hatching
eighth-notes: music, sheet music, song, music sound, musical, choir, brass, trumpet, saxophone, flute, clarinet, woodwind, brass instrument, oboe, bassoon, trombone, harmonica, whistle flute, recorder flute, music stand, sustain pedal, clarinet barrel, music clip, ocarina
engine: engine, motor, small engine, generator engine, outboard, engine part, carburetor, exhaust, turbo, spark plug, piston
eraser: eraser, correction, correction tape, correction fluid, whiteboard eraser
ethernet-port: ethernet, network jack, lan, wall plate, rj45, patch panel, network cable
ev-charger: ev charger, charging station
eye: eye, eye care, contact lens, eye makeup, eyelash, eyeshadow, mascara, vision, eyeliner, eyebrow, ophthalmic, eye drop
factory: industrial, manufacturing, factory, business industrial, plant machinery, mining, mining quarrying, industry
fan: fan, ceiling fan, blower, exhaust fan, cooling fan, propeller, computer cooling, cooler fan, hand fan
faucet: faucet, tap, plumbing, sink, plumbing fixture, valve, spigot, plumbing fitting, drain, hose, garden hose, pipe fitting, water pump, pump
feather: feather, down feather, boa, quill
fence: fence, fencing, railing, picket, trellis, garden border, yard, edging
ferris-wheel: amusement, carnival, amusement park
file-badge: warranty, extended warranty
file-digit: code book
file-text: document, paper, copy paper, printer paper, letterhead, contract, legal form, resume, stationery, report, colored paper, multipurpose paper, transparency, transparency film, certificate paper, loose leaf, filler paper
film: film roll, video film, reel, slide film, photo film, negative, roll film
fingerprint-pattern: biometric, fingerprint, access control, time attendance
fire-extinguisher: fire extinguisher, fire safety, fire suppression, fire protection, fire
fish: fish, seafood, aquarium, tuna, salmon, fish food, aquatic, reptile, fish tank, amphibian
fishing-hook: fishing, lure, fishing hook, tackle, fishing line, fly tying
fishing-rod: fishing rod, angling, fishing reel, fishing pole, rod
flag: flag, pennant, banner, windsock, flagpole, golf flag, golf, pennant flag
flame-kindling: campfire, outdoor fire, camp stove, fire starter, fire log
flame: fireplace, fire pit, candle, stove, heater fuel, flame, gas, fuel, charcoal, grill, barbecue, bbq, burner, torch, match, firewood, wax warmer, incense, wood stove, furnace, hot, lighter fluid, butane, propane, scented, beeswax, palm wax, candle wax, soy wax
flashlight: flashlight, headlamp, lantern, torch light, work light, emergency light, spotlight light
flask-conical: chemical, laboratory, lab, science laboratory, chemistry set, solution, solvent, reagent, beaker, test solution, acid, cleaner solution, disinfectant, bleach, degreaser
flower-2: plant, houseplant, garden, gardening, flower seed, artificial plant, seedling, flora, indoor plant, outdoor plant, garland
flower: flower, floral, artificial flower, bouquet, potpourri, fragrance, wreath
folder: folder, file folder, filing, hanging folder, pocket folder, filing organization, expanding file, file pocket, document folder, classification folder, file jacket, record filing
folders: file organizer, desk file, hanging file
footprints: foot, foot care, sock, insole, stocking, hosiery, tights, footwear, ankle, shoe insole, pedicure
forklift: forklift, pallet, pallet jack, lift truck, material lift, hoist, warehouse equipment, hand truck, dolly, lifting, jack
frame: frame, picture frame, photo frame, poster frame, artwork, wall art, poster, mat board
fuel: fuel pump, gasoline, gas station, fuel tank, fuel can, petrol
funnel: funnel, filter, strainer, sieve, sifter, air filter
gallery-vertical-end: slide, card stack, transparency sheet, card
gamepad-2: game console, video game, gaming, game controller, controller, console game, racing wheel
gauge: gauge, meter, pressure gauge, speedometer, measuring instrument, tachometer, speed, radar detector, performance, dashboard, barometer
gavel: law, legal, gavel, auction, law enforcement, attorney
gem: jewelry, gem, ring jewelry, necklace, earring, bracelet, jewel, bead, pendant, charm, anklet, precious stone, crystal, birthstone
ghost: ghost, halloween decoration
gift: gift, gift wrap, gift bag, present, gift basket, wrapping paper, party favor, gift giving, gift box, gift idea, gift set, gift wrapping
glass-water: glassware, drinking glass, bottled water, water bottle, glass, stemware, water drink, water cooler, water dispenser
glasses: glasses, eyewear, sunglasses, eyeglasses, reading glasses, safety glasses, goggle, spectacle, glasses
globe: globe, website, internet, world globe, web, map globe, domain
goal: soccer goal, goal net, field goal, goal post
graduation-cap: education, graduation, school, academic cap, teaching, classroom, online course, learning, school supply, teacher, course, student, educational
grape: grape, wine grape, vineyard
grid-3x3: grid, mesh, grate, screen mesh, pegboard, rack grid, net
grip: knob, cabinet hardware, furniture hardware, drawer pull, cabinet knob
groceries: grocery, food beverage, pantry, food gift, fresh produce
guitar-electric: electric guitar, guitar amplifier
guitar: guitar, string instrument, ukulele, musical instrument, violin, banjo, instrument string, acoustic guitar, cello, bass guitar, fiddle, orchestral string, capo
ham: ham, deli, roast
hamburger: fast food, burger, hamburger, prepared food, meal
hammer: hammer, tool, hand tool, mallet, carpentry, nail hammer, hardware, toolset, woodworking, home improvement, roofing, nail gun, hardware tool, pry bar, staple gun
hand-coins: tip, fundraising, cash handling
hand-fist: boxing, punching, mma, punching bag, karate, kickboxing, martial
hand-heart: charity, donation, caregiving, massage, massage oil, wellness, massager, relaxation
hand-metal: rock music, concert, rock band
hand-platter: serving, serving tray, platter, tray, serveware, tableware, charger plate, banquet, dishes
hand: glove, hand, hand care, mitten, manicure, hand sanitizer, work glove, disposable glove, mitt, wrist, finger, nail care, medical glove, nail polish, hand guard
handbag: handbag, purse, clutch, wallet handbag, shoulder bag, evening bag, cosmetic bag, toiletry bag
handshake: handshake, service, customer service, consulting, staffing, customization, personal service
hard-drive: hard drive, ssd, storage drive, hdd, drive enclosure, solid state, external drive, hard disk, data backup
hard-hat: hard hat, safety helmet, helmet, safety gear, protective gear, work safety, safety, ppe, bump cap, head protection, protective wear, workwear, protective clothing, protection
hat-glasses: disguise, hat, cap, headwear, sun hat, headgear, beanie, bonnet, fedora
hdmi-port: hdmi, video adapter, displayport, av connector
headphones: headphone, earphone, earbud, audio, headset audio
headset: headset, call center, telephony headset, intercom
heart-pulse: health, heart monitor, blood pressure, cardiology, vital sign, biometric monitor, health monitor, defibrillator, health beauty, cpr, pulse
heart: wedding, love, valentine, romance, heart, erotic, intimate
heater: heater, space heater, radiator, heating, baseboard heater, boiler, heat, warmer
helicopter: helicopter, rotorcraft, aircraft
highlighter: highlighter, marker, highlighter marker, permanent marker, dry erase, paint marker, whiteboard marker, felt pen
hockey-stick: hockey, lacrosse, hockey stick, field hockey, ice hockey, broomball
hospital: hospital, clinic, nursing home, patient
hourglass: hourglass, sand timer, game timer
house-plug: smart home, home automation, household appliance, home appliance, appliance
house: house, home, real estate, shed, household, home garden, garage, home decor, mobile home, residential, decor, homewares, roof, gutter, home accessory
ice-cream-bowl: frozen dessert, gelato
ice-cream-cone: ice cream, sundae, sorbet, frozen yogurt
id-card-lanyard: lanyard, badge holder, badge reel
id-card: id card, identification, name tag, id badge, passport, visitor badge, identity, driver license, name plate
image: photo paper, photograph print, picture, photo album, art print, photo printing, album, scrapbook, painting art
inbox: letter tray, desk tray, inbox tray, desk organizer, in tray, drawer organizer, desk organization, pencil cup, pencil holder, desk caddy
iv-bag: infusion, iv, blood bag, transfusion, enteral, dialysis
joystick: arcade, joystick, flight stick, arcade game
kayak: kayak, canoe, paddle, kayaking, rowing, canoeing, paddle board, rafting
key: key, key chain, keychain, key cabinet, key ring, key holder, locksmith, ignition
keyboard-music: synthesizer, midi keyboard, electronic musical, music keyboard, midi, digital piano
keyboard: keyboard, computer keyboard, keypad, keyboard mouse, numeric keypad, keyboard switch
lamp-ceiling: ceiling light, chandelier, pendant light, ceiling lamp, track lighting
lamp-desk: desk lamp, task light, reading light, book light
lamp-floor: floor lamp
lamp-wall-down: wall light, sconce, outdoor light, landscape lighting
lamp: lamp, lighting, table lamp, lamp shade, lampshade, light fixture, luminaire, night light
land-plot: landscape, lawn plot, golf course, landscaping, turf, artificial grass
landmark: museum, monument, government, bank, history, insurance
languages: language, translation, language learning
laptop: laptop, notebook computer, computer accessory, ultrabook, chromebook, laptop bag, docking station, laptop sleeve, macbook, netbook
layers: laminating, laminator, layer, film sheet, veneer, countertop, foil, carpet, rug, flooring, floor, fabric, textile, mat, fiber, laminate, underlayment, canvas, vinyl, mulch, chair mat, floor mat, desk pad, desk mat, blotter, wrap, tarp, foam sheet
layout-grid: modular, drawer unit, cubicle, workstation panel, cubicle panel, panel system
leaf: leaf, eco friendly, organic, natural, herbal, herb, tobacco leaf, environment friendly, tea leaf, vegan
leafy-green: lettuce, spinach, salad green, cabbage, leafy
lectern: lectern, podium, pulpit
lens: magnifier, magnifying glass, optical lens, lens accessory
library-big: book collection, series, book set
library: binder, ring binder, bookend, book end, bookcase, binding, binding machine, report cover, magazine file, index divider, divider, binder accessory
life-buoy: life jacket, water safety, buoy, life vest, pool float, swim ring, life preserver, float, inflatable, rescue
lightbulb: light bulb, bulb, led, lightbulb, fluorescent, idea, light
link: chain, link, carabiner, chain link, shackle, chainring, clasp
lock: lock, padlock, security lock, cash box, locker, privacy, security, safe box, encryption, antivirus, network security, lock key
lollipop: lollipop, hard candy, lolly
luggage: luggage, suitcase, travel bag, travel, garment bag, duffel, trolley bag, carry on, luggage bag, train case, dry bag
magnet: magnet, magnetic, magnetism
mail: envelope, mail, mailing, mailer, business envelope, postal, bubble mailer, mailing shipping, letter, postage, postcard, greeting card, invitation, card stock
mailbox: mailbox, post box, letter box
map-pin: tracking device, gps tracking, location, gps tracker, tracker
map: map, atlas, road map
martini: cocktail, bar, barware, bartender, shaker, liquor drink, alcoholic, mixed drink, cocktail mix, alcoholic beverage
medal: medal, trophy medal, sport award
megaphone: megaphone, advertising, advertising marketing, public address, loudspeaker, bullhorn, air horn, horn, campaign, marketing advertising
memory-stick: memory, ram, memory module, memory card, flash memory
message-square: speech, messaging, pager
messages-square: communication, chat, forum
metronome: metronome, tuner
mic: microphone, recording, podcast, voice recorder, karaoke, recorder, broadcast
microchip: microcontroller, integrated circuit, microchip, controller board
microscope: microscope, laboratory equipment, scientific, pathology, biological
microwave: microwave, oven, toaster oven, toaster, range, cooking appliance, range cooktop
milk: milk, dairy, yogurt, cream, butter, formula, cheese dairy, baby formula
mirror-rectangular: wall mirror
mirror-round: mirror, vanity mirror, makeup mirror
monitor-speaker: multimedia, computer speaker, home theater
monitor: monitor, display, computer monitor, screen, lcd, led display, touch screen, computer display
moon: night, sleepwear, pajamas, sleep aid, loungewear, robe
mop: mop, floor cleaner, bucket mop, floor polisher, floor scrubber, squeegee
motorbike: motorcycle, moped, motorbike, dirt bike, scooter motor, atv, powersport
mountain-snow: ski, snowboard, skiing, winter sport, snowshoe, alpine, snowboarding
mountain: climbing, mountaineering, outdoor, outdoor recreation, hiking, rock climbing, mountain
mouse: mouse, computer mouse, trackball, pointing device, input device, mouse pad
network: network, networking, network switch, switch hub, hub switch, network bridge, bridge router, network equipment, kvm
newspaper: newspaper, press, media, magazine newspaper
notebook-pen: notepad, legal pad, writing pad, steno pad, pad paper, memo, memo book, notebook pad, scratch pad
notebook: notebook, composition book, spiral notebook, steno, exercise book, sketchbook
notepad-text: index card, filler, note, note pad, message pad, flash card, easel pad
nut: nut, peanut, almond, nut seed, walnut, trail mix
package-open: void fill, packing peanut, bubble wrap, cushioning, unpacking
package: package, parcel, shipping, packing, packing material, mailing box, package bundle, delivery, subscription, shipping supply
paint-bucket: paint, primer, stain, coating, varnish, sealant, paint can, finish, dye, bucket, enamel, caulk
paint-roller: paint roller, painting tool, wall paint, painting, wallpaper roller
paintbrush: paintbrush, artist brush, art brush, art craft, craft, hobby creative, crafting, art supply, hobby, artist, paint tool
palette: art, palette, watercolor, acrylic, drawing, color, cosmetic, makeup, pastel, painting palette, craft supply, face paint, eye shadow
panda: stuffed animal, plush
panel-top: window, window hardware, skylight, window film, window cleaning
paper-bag: paper bag, grocery bag, lunch bag, bag paper, food bag
paperclip: paper clip, clip, binder clip, stapler, staple, fastener clip, clip fastener, paper handling, office supply, desk accessory, rubber band, stationery clip, staple remover, paper fastener, clamp, hole punch, punch, stapler punch
parasol: parasol, patio umbrella, beach umbrella, beach, patio, canopy, gazebo, awning, outdoor furniture, patio furniture, shade structure
park: park, outdoor bench, picnic, playground, swing set, outdoor play, outdoor structure, hammock, bench, swing, picnic table
party-popper: party, celebration, party supply, confetti, party decoration, party celebration, seasonal, holiday, event, streamer, firework, entertainment, event service
paw-print: pet accessory, live animal, grooming, pet grooming, wildlife animal, animal pet, pet toy, small animal, hunting, veterinary
pen-tool: stylus, digitizer, graphic tablet, design software
pen: pen, ballpoint, ballpoint pen, gel pen, rollerball, writing, fountain pen, pen pencil, writing instrument, writing supply, calligraphy, stylus pen
pencil-ruler: drawing drafting, measuring drawing, design, office instrument, stencil, template, pattern
pencil: pencil, colored pencil, mechanical pencil, crayon, pencil sharpener, pencil lead, lead, sketch, sharpener, chalk
perfume-bottle: perfume, cologne, fragrance bottle, diffuser, air freshener, deodorizer, scent, deodorant, aftershave
person-standing: mannequin, human body, body form, dress form, people
phone: phone, telephone, desk phone, corded phone, voip, conference phone, landline, answering machine, telephony, cordless phone, fax
piano: piano, organ, accordion, keyboard instrument
pickaxe: pickaxe, mining tool, demolition
piggy-bank: piggy bank, saving, coin bank, money bank
pill-bottle: pill bottle, pill organizer, prescription
pill: medicine, pill, drug, medication, vitamin, supplement, tablet medicine, pharmacy, antibiotic, health supplement, pain reliever, probiotic, laxative
pin: push pin, pushpin, thumbtack, tack, map pin, drawing pin, safety pin, needle pin, pin needle
pipette: pipette, dropper, laboratory dropper
pizza: pizza, pizza cutter, pizza stone, pizza oven
plane: airplane, plane, aviation, model airplane, flight, air travel, jet
plant-pot: flower pot, planter, plant pot, pot planter, potting, window box, potting soil, raised bed, plant stand
playing-cards: playing card, card game, poker, trading card, collectible card, deck
plug-zap: surge, surge protection, jump starter, electrical equipment
plug: plug, electrical, power, power strip, outlet, electric plug, surge protector, electrical supply, extension, ups, uninterruptible, power electrical, power supply, converter, transformer, inverter, power control, electric
pocket-knife: pocket knife, multi tool, multifunction tool, swiss knife, folding knife, utility knife
podium: winner stand, stage, pedestal, plinth, podium stand
popcorn: popcorn, popcorn machine
popsicle: popsicle, ice pop, ice lolly
presentation: presentation, easel, flip chart, whiteboard, projector screen, board, presentation board, display board, bulletin board, presentation supply, projection screen, chalkboard, cork board, overhead projector, sign board, noticeboard, flipchart
printer-3d: 3d printer, filament, 3d printing, extruder
printer: printer, laser printer, inkjet printer, toner, ink cartridge, toner cartridge, print copy, copier, ink toner, fax machine, inkjet, print cartridge, printer cartridge, printing, printer copier, print, multifunction printer, typewriter, drum unit, printer drum, photocopier, label printer
projector: projector, video projector, slide projector, multimedia projector
puzzle: puzzle, jigsaw, brain teaser, add on, product add, upgrade, product upgrade
rabbit: rabbit, hamster, rodent, small pet, guinea pig, hutch animal
radar: radar, sonar, fish finder, motion sensor, sensor, detector
radiation: x ray, xray, radiology, radiation, medical imaging
radio-tower: telecom, telecommunication, cell tower, signal booster, repeater, transmitter, broadcasting
radio: radio, walkie talkie, transceiver, tuner radio, clock radio, cb radio
rat: mouse trap, rat, rodent control, rodent
receipt: receipt, receipt roll, receipt paper, invoice, cash register, register roll, thermal roll
recycle: recycling, recycle, recycle bin, compost, waste recycling, composting
refrigerator: refrigerator, fridge, freezer, refrigeration, ice maker, wine cooler, mini fridge, cooler, ice machine, ice chest
ribbon: ribbon, awareness, hair bow, hair accessory, hair ribbon, gift ribbon, tie, necktie, bowtie, headband, ribbon trim, hair tie, scarf, bandana
robot-vacuum: vacuum, vacuum cleaner, robot vacuum, floor care, carpet cleaner, carpet sweeper
rocket: rocket, model rocket, space toy, model kit, spaceship
rocking-chair: rocking chair, glider, rocker, rocking horse
roller-coaster: ride, coaster
rose: rose, cut flower
route: trail, route, road trip
router: router, wireless router, modem, access point, wifi router, wireless access, gateway
rows-3: table top, plank, decking, plank flooring
rugby-ball: rugby, football, american football, australian football
ruler-dimension-line: dimension, laser measure
ruler: ruler, measuring tape, tape measure, yardstick, measuring, measure, measuring tool, level, caliper, protractor, straight edge, square tool, measuring layout
sailboat: sailboat, sailing, sail, windsurfing, yacht, ship model, kiteboard, kiteboarding, wingfoil
salad: salad, salad dressing, food item, bowl, prepared salad, dip, fresh food, food
sandwich: sandwich, lunch, panini, sandwich maker, lunch box
satellite-dish: satellite, satellite dish, satellite receiver, satellite tv, satellite radio
scale: legal scale, balance, justice
scan-line: scanner, document scanner, scan, scanner imaging, photo scanner
school: school building, kindergarten, preschool, daycare
scissors: scissors, shears, haircutting, hair cutting, scissor, cutter, hair salon, hairdressing, hair clipper, trimmer, paper trimmer, paper cutter, hair trimmer, guillotine, cutting, hairdressing cosmetology, haircut, rotary cutter, clipper, hair removal, razor, shaving
scooter: scooter, kick scooter, skateboard, skateboarding, longboard, hoverboard, wheeled shoe, roller skate, inline skate, skate, skating, electric scooter
screen-share: conferencing, web conference
screw: screw, fastening, nail, nail screw, wall anchor, bolt screw, threaded rod, rivet, screw nail, hook, bracket, mount
scroll: scroll, parchment, antique, calligraphy paper, roll paper, paper roll, kraft paper, banner paper, tape, packing tape, duct tape, adhesive tape, masking tape, tape dispenser, bulletin paper, roll, desk tape
server-nas: nas, network storage, network attached
server: server, data center, rack server, network server, server rack, kvm switch
settings: setting, maintenance, configuration, installation service, maintenance plan, adjustment, regulator, mechanical part
shapes: uncategorized, toy shape, sorting toy, activity, baby toy, activity toy, shape
sheet: graph paper, spreadsheet, accounting pad, ledger, columnar pad
shell: shell, seashell, beach decor
shelving-unit: shelf, shelving, rack, storage rack, bookshelf, book shelf, display shelf, storage unit, retail, store fixture, bookcase standing, etagere, shelving unit, storage, closet organizer, wall shelf, organizer, display stand, media storage, rack stand
shield-check: security service, guard, protective, cover protection, screen protector, surge guard, protector, surveillance service, law protection, shield, armor
ship-cargo: freight, cargo, shipping freight
ship-wheel: steering, boat steering, helm, marine part, steering wheel, boat part, watercraft part
ship: ship, cruise, boating, ferry, motor boat, yacht motor, vessel
shirt: shirt, clothing, apparel, t shirt, garment, top, uniform, blouse, polo shirt, sportswear, jersey, sweater, dress, hoodie, outerwear, jacket, coat, vest, suit, clothes, activewear, swimwear, undershirt, underwear, lingerie, skirt, pant, jeans, short, costume clothing, jumpsuit, romper, legging, tunic, cardigan, bra, swimsuit, one piece, clothing set
shopping-bag: shopping bag, tote bag, bag, shopping tote, merchandise bag, retail bag, reusable bag, pouch, messenger bag
shopping-basket: basket, hamper, shopping basket, wicker, laundry basket, grocery basket
shopping-cart: cart, shopping cart, trolley, utility cart, office cart, cart island, cart caddy
shovel: shovel, spade tool, digging, snow shovel, rake, garden tool, gardening tool, hoe, trowel, snow removal, cultivator, garden fork, excavator
shower-head: shower, shower head, shower curtain, bathroom fixture, body wash, bidet, bathroom accessory
shredder: shredder, paper shredder, document destruction
shrimp: shrimp, shellfish, crab, lobster
shrub: shrub, bush, hedge, hedge trimmer, topiary
signpost: signpost, sign, signage, street sign, road sign, informational sign, directional, sign holder, wayfinding, safety sign, business sign
siren: siren, emergency vehicle, warning light, warning alarm, emergency, police
skull: skull, hazard, poison, goth
slice: knife, kitchen knife, blade, cutting tool, slicer, peeler
sliders-horizontal: equalizer, audio mixer, mixing console, control, remote control, controls, remote, dj controller, signal processor, control panel
smartphone: smartphone, mobile phone, cell phone, cellular phone, mobile, phone case, phone accessory, iphone
snail: snail, gardening pest
snowflake: snow, winter, ice, frozen food, freezing, ice scraper, ice pack, frost, cold, cooling pad, ice skate, snowmobile, snow blower, snow thrower
soap-dispenser-droplet: soap, hand soap, soap dispenser, liquid soap, sanitizer, sanitizer dispenser, lotion dispenser, shampoo, conditioner, cleanser, bar soap, personal care, body lotion, cleaner
sofa: sofa, couch, loveseat, furniture, living room, sectional, sofa bed, furniture set, futon frame, slipcover, cushion, reception, chair accessory, reception furniture, guest chair
solar-panel: solar, solar panel, photovoltaic, solar energy, renewable energy
soup: soup, broth, noodle, ramen, chili, stew meal, pasta, rice, baby food, porridge, oatmeal, cereal
sparkles: polish, polishing, glitter, cleaning polish, shine, jewelry cleaning, beauty, car wash, wax, skin treatment, cosmetology
speaker: speaker, sound system, subwoofer, audio speaker, amplifier, stereo system, soundbar, audio equipment, pa system, receiver amplifier, loud speaker, audio component, audio player, mp3 player
spline: bending
spool: thread, yarn, sewing, spool, needle thread, sewing machine, knitting, embroidery, textile craft, string, twine, rope, bobbin, crochet, fiber craft, quilting, weaving, loom, lace, needlework, upholstery thread, haberdashery, wool, needle, sewing pattern, cross stitch, stitch, felting
sport-shoe: shoe, sneaker, athletic shoe, boot, running shoe, footwear athletic, sandal, slipper, heel shoe, loafer, clog, cleat, running, track field, shoe accessory
spotlight: stage light, stage lighting, studio light, theater light, light stand, dj lighting
spray-can: spray, spray paint, aerosol, hair spray, sprayer, compressed air, air duster, glass cleaner, bug spray, spray bottle, mist
sprout: seed, sprout, agriculture, farming, fertilizer, soil, hydroponic, crop, farm, seed starter, plant care, bulb plant, grass, plant food, growing media, potting soil
square-library: media rack
squirrel: squirrel, wildlife feeder
stamp: stamp, rubber stamp, ink pad, stamp pad, date stamp, stamp collecting, notary, seal stamp, embosser
star: star, collectible, memorabilia, autograph, celebrity, sport collectible, astrology, decoration star, ornament
stethoscope: stethoscope, diagnostic, doctor, physical exam, medical diagnostic, patient care, medical equipment, medical device
sticker: sticker, decal, adhesive sticker, wall decal, tattoo, temporary tattoo
sticky-note: sticky note, post it, adhesive note, self stick
stone: stone, rock, gravel, pebble, marble, paver, sand, granite, clay, landscaping stone, coal
store: store, retail store, shop, storefront, market, kiosk, vending, boutique, retail equipment
sun: sunscreen, sun, tanning, sun care, summer, uv, sun protection, tanning bed
swatch-book: swatch, color sample, wallpaper sample, upholstery fabric, sample book
sword: sword, martial art, fencing sport, dagger, weapon, sword weapon, saber, katana
swords: combat sport, combat, blade weapon, self defense
syringe: syringe, injection, vaccine, hypodermic, medical needle, insulin
table-2: spreadsheet software
table: data table
tablet: tablet, tablet computer, ipad, e reader, ereader, tablet case, ebook reader
tag: label, tag, price tag, labeling, label maker, shipping label, address label, mailing label, key tag, price label, labels tag, nameplate, luggage tag, pricing gun
target: target, dart, dartboard, shooting target, aim, shooting range, shooting, paintball, paintball gun, airsoft, hunting target, range accessory
telescope: telescope, astronomy, scope, star gazing, spyglass
tent-tree: campsite, bushcraft, survival, outdoor shelter
tent: tent, camping, camp, camping hiking, shelter, sleeping bag, marquee, camping tent, tarp tent
test-tube: test tube, test kit, specimen, assay, sample tube, laboratory supply, medical test, drug test
test-tubes: lab tube
theater: theater, curtain stage, opera, stage curtain, show
thermometer: thermometer, temperature, thermostat, heat sensor, fever, climate control
ticket: ticket, raffle, admission, event ticket, coupon book, movie ticket, voucher
tickets-plane: airline ticket, boarding, vacation package
timer: stopwatch, kitchen timer, timer, countdown, sport timer
toggle-right: switch, light switch, dimmer, relay, wall switch, circuit breaker, electrical switch, toggle
toilet: toilet, toilet seat, toilet paper, toilet brush, urinal, bathroom tissue, portable toilet, toilet accessory, bidet toilet, restroom, commode
tombstone: memorial, funeral, burial, cremation, casket, headstone
tool-case: equipment case, instrument case, hard case, case, carrying case
toolbox: tool box, toolbox, tool storage, tool organizer, tool accessory, tool bag, tool chest, tool set, tool kit
toothbrush: toothbrush, dental, oral care, toothpaste, dentistry, dental care, mouthwash, tooth, teeth whitening, floss, denture, orthodontic, oral hygiene, dental cement, dental instrument
towel-rack: towel, towel rack, towel bar, bath towel, hand towel, paper towel, washcloth, napkin, linen towel, robe hook, cloth, tissue, facial tissue, wipe, disinfecting wipe, cleaning cloth, paper product
tower-control: control tower, air traffic
toy-brick: toy, building toy, brick toy, construction toy, construction set, toy game, interlocking block, doll, action figure, playset toy, play vehicle
tractor: tractor, farm equipment, agricultural, lawn mower, mower, riding mower, tiller, harvester, agriculture equipment, tractor tire, garden tractor
traffic-cone: traffic cone, safety cone, road work, parking cone, cone field, agility cone, sport cone
trailer: trailer, towing, hitch, tow, trailer hitch, utility trailer
train-front: train, railway, model train, train set, railroad
train-track: track, rail, model railroad, railing track, toy track
trash: trash, waste, trash can, garbage, waste basket, rubbish, wastebasket, trash bag, garbage bag, dustbin, waste container, can liner, waste bin, litter bin, disposal, waste disposal, waste containment
tree-deciduous: tree, timber tree, wood chip, orchard, sapling, sawmill
tree-palm: palm tree, tropical, island, vacation, coconut
tree-pine: christmas tree, pine, evergreen, forest, wood, lumber, plywood, timber, holiday decoration
trees: forest land, woodland, park tree
triangle-alert: warning, hazard sign, caution, danger, hazardous
trophy: trophy, competition, sport, championship, sporting good, team sport, sporting, sports fan, award trophy
truck: truck, delivery truck, commercial vehicle, pickup, lorry, moving, heavy machinery, logistics, dump truck, courier, van delivery, shipping truck, tanker
tube-lotion: tube, cream tube, ointment, lip balm, adhesive tube, glue, sunblock, hand cream, adhesive, glue stick, epoxy, face cream, body care, hair gel, skin cream, lubricant tube, foundation, concealer
turntable: turntable, dj, record player, dj equipment, phonograph
turtle: turtle, tortoise, reptile amphibian, reptile supply, terrarium, snake, lizard
tv: tv, television, home entertainment, tv mount, hdtv, tv stand, entertainment center, video, tv wall, tv accessory
type: font, lettering, letter board, typography
umbrella: umbrella, rain umbrella, umbrella stand
usb-c-port: usb c, adapter, connector, dongle, port, electronics accessory, video connector, cable adapter
usb: usb, usb drive, flash drive, usb hub, thumb drive, usb cable, usb stick, usb adapter
user-round: person, men, face, personal, skin, facial care, wig, hair care, hair, hair extension, beard, hair styling, head
users-round: group, people group, social
utensils-crossed: restaurant service, diner, catering service, cutlery set
utensils: utensil, cutlery, flatware, dining, kitchen dining, kitchen, fork, spoon, kitchen utensil, dinnerware, plate, disposable cutlery, tabletop, kitchen tool, tongs, spatula, chopstick, breakroom, ladle, whisk
van: van, minivan, camper van
vault: safe, vault, security safe, gun safe
vegan: plant based, vegetarian, tofu
venetian-mask: venetian mask, eye mask, masquerade, superhero mask, party mask, sleep mask
video: video camera, camcorder, video recorder, webcam video, video conference, dash cam, surveillance recorder, video recording, action camera
videotape: vhs, videotape, video tape, vcr
virus: virus, bacteria, antiseptic, antibacterial, infection, germ
volleyball: volleyball, ball, beach ball, handball, soccer, basketball, sport ball, tennis, baseball, softball, cricket, racquetball, ping pong, table tennis, squash, badminton, netball, water polo, kickball, dodgeball, foosball, billiard, bowling, field sport, pool table, croquet, bocce, team handball, basketball hoop, hoop
volume-2: sound, noise, acoustic panel, sound effect, sound machine, buzzer
vote: voting, ballot, suggestion box, ballot box
wallet: wallet, billfold, money clip, coin purse, card holder, card case, checkbook
wallpaper: wallpaper, wall covering, wall paper, mural, wall decor
wand-sparkles: magic, magic trick, wand, beauty tool, novelty
warehouse: warehouse, garage storage, industrial warehouse, loading dock, barn, stable
washing-machine: washing machine, laundry, dryer, washer dryer, laundry appliance, ironing, iron, dishwasher, clothes dryer, fabric softener, stain remover, laundry supply
watch: watch, smartwatch, wristwatch, watch band, wearable, activity tracker, fitness tracker, watch accessory
waves-horizontal: sea, ocean, surf, surfing, wave, wakeboard, water ski, bodyboard, water sport, swim, surfboard, flood
waves-ladder: pool, swimming pool, swimming, swim pool, pool cleaner, pool spa, diving, snorkeling, pool ladder, pool cover, swim training
webcam: webcam, web camera, conference camera
weight: weight, kitchen scale, scale, postal scale, weighing, bathroom scale, dumbbell weight, body scale, balance weight, mass
wheat-off: gluten free
wheat: wheat, grain, flour, horse feed, livestock, hay, cereal grain, livestock feed, animal feed, oat, barley, baking flour, bran
whistle: whistle, referee, coaching, sport whistle, coach, officiating
wifi: wifi, wireless, wireless network, hotspot, internet service, wireless adapter
wind: wind, hair dryer, blow dryer, kite, wind chime, leaf blower, air, breeze, wind spinner, air compressor, compressor, pneumatic, air pump, wind wheel, cpap, cpap machine
wine: wine, wine glass, wine accessory, champagne, corkscrew, winemaking, wine rack, goblet
worm: worm, vermiculture, fishing bait, live bait
wrench: wrench, spanner, repair, repair kit, pliers, mechanic, auto repair, plumber, socket wrench, ratchet, automotive tool, repair tool, plumbing tool, bicycle tool, car repair, socket, vehicle repair, installation, hinge
zap: electricity, electrical hazard, generator, voltage, power generator, energy, high voltage, electronics, lightning, stun, electronic, solar generator, current, shock
`;

let words: ReadonlyMap<string, readonly string[]> | undefined;

/** Symbols by the word or the two words that mean them, in the order of the list. */
export function lexicon(): ReadonlyMap<string, readonly string[]> {
  words ??= readLexicon();
  return words;
}

function readLexicon() {
  const found = new Map<string, string[]>();
  for (const line of LINES.trim().split("\n")) {
    const [symbol = "", list = ""] = line.split(": ");
    for (const word of list.split(", ")) found.set(word, [...(found.get(word) ?? []), symbol]);
  }
  return found;
}
